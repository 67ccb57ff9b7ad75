import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { ConfirmDialog } from '../confirm-dialog';
import { CopyBox } from '../copy-box';
import { ChoiceField, NumberField, TextField } from '../form/fields';
import { useFormPlace } from '../form/form-context';
import { FormSection } from '../form/form-section';
import type { Channel } from '../load';
import { SecretDialog } from './secret-dialog';

const MEGABYTE = 1024 * 1024;

/** What is set for an open channel: where replies go, where the other system sends to, and what signs both. */
export function OpenChannelSections(props: {
  readonly channel: Extract<Channel, { kind: 'open' }>;
}) {
  const { channel } = props;
  const { t } = useTranslation();
  const { readOnly } = useFormPlace();
  const [asking, setAsking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const rotate = async (): Promise<void> => {
    const { signingSecret } = await call('rotateSecret', { params: { id: channel.id } });
    setAsking(false);
    setSecret(signingSecret);
  };
  return (
    <>
      <FormSection id="outside" words="admin-channels.sections.outside">
        <TextField path="settings.replyUrl" type="url" empty={null} wide />
        <ChoiceField path="settings.windowMode" options={['none', '24h', '7d']} />
        <NumberField
          path="settings.maxFileBytes"
          scale={MEGABYTE}
          placeholder="15"
          min={0.1}
          max={15}
        />
      </FormSection>
      <FormSection id="addresses" words="admin-channels.sections.addresses">
        <p className="copy-label">{t('admin-channels.receiveUrl')}</p>
        <CopyBox label={t('admin-channels.receiveUrl')} text={channel.receiveUrl} />
        <p className="copy-label">{t('admin-channels.statusUrl')}</p>
        <CopyBox label={t('admin-channels.statusUrl')} text={channel.statusUrl} />
      </FormSection>
      <FormSection id="secret" words="admin-channels.sections.secret">
        {!readOnly && (
          <p className="section-act">
            <button type="button" className="button" onClick={() => setAsking(true)}>
              <KeyRound size={16} aria-hidden />
              {t('admin-channels.secret.rotate')}
            </button>
          </p>
        )}
      </FormSection>
      {asking && (
        <ConfirmDialog
          title={t('admin-channels.secret.rotate')}
          act={t('admin-channels.secret.rotateAct')}
          onClose={() => setAsking(false)}
          onConfirm={rotate}
        >
          <p>{t('admin-channels.secret.rotateText')}</p>
        </ConfirmDialog>
      )}
      {secret !== null && <SecretDialog secret={secret} rotated onClose={() => setSecret(null)} />}
    </>
  );
}
