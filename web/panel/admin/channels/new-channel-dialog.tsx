import { useNavigate } from '@tanstack/react-router';
import { Globe, Webhook } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { PickField, TextField } from '../form/fields';
import { NewDialog } from '../form/new-dialog';
import { useForm } from '../form/use-form';
import { readAnew, useQueues } from '../load';
import { SecretDialog } from './secret-dialog';

const KINDS = [
  { id: 'live-chat', icon: Globe },
  { id: 'open', icon: Webhook },
] as const;

type Kind = (typeof KINDS)[number]['id'];

/** Adds a channel: its type, its name, and the queue that its conversations go to. */
export function NewChannelDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queues = useQueues().data ?? [];
  const [kind, setKind] = useState<Kind>('live-chat');
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null);
  const saved = useMemo(() => ({ kind, name: '', queueId: null }), [kind]);
  const open = (id: string): void => void navigate({ to: '/admin/channels/$id', params: { id } });
  const form = useForm({
    saved,
    isNew: true,
    schema: async () => (await import('../../../../contracts/http/channels')).createChannel.body,
    save: async (body) => {
      const { channel, signingSecret } = await call('createChannel', {
        body: body as { kind: Kind; name: string; queueId: string },
      });
      if (signingSecret === null) open(channel.id);
      else setMade({ id: channel.id, secret: signingSecret });
      await readAnew();
    },
  });
  if (made) return <SecretDialog secret={made.secret} onClose={() => open(made.id)} />;
  return (
    <NewDialog
      title={t('admin-channels.add')}
      act={t('admin-channels.create')}
      form={form}
      words="admin-channels.fields"
      onClose={onClose}
    >
      <fieldset className="cards">
        <legend>{t('admin-channels.kind')}</legend>
        {KINDS.map(({ id, icon: Icon }) => (
          <label key={id} className="card">
            <input
              type="radio"
              name="kind"
              value={id}
              checked={kind === id}
              onChange={() => setKind(id)}
            />
            <Icon size={18} aria-hidden />
            <span>
              <strong>{t(`admin.kinds.${id}`)}</strong>
              <span className="hint">{t(`admin-channels.kinds.${id}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <TextField path="name" />
      <PickField path="queueId" items={queues} none={t('admin.choose')} />
    </NewDialog>
  );
}
