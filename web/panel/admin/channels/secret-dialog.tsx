import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog';
import { CopyBox } from '../copy-box';

/** Shows a signing secret, which nobody can read again. */
export function SecretDialog(props: {
  readonly secret: string;
  readonly rotated?: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && props.onClose()}
      title={t('admin-channels.secret.title')}
      buttons={
        <button type="button" className="button main" onClick={props.onClose}>
          {t('admin-channels.secret.stored')}
        </button>
      }
    >
      <p>{t('admin-channels.secret.text')}</p>
      {props.rotated && <p>{t('admin-channels.secret.before')}</p>}
      <CopyBox label={t('admin-channels.secret.label')} text={props.secret} />
    </Dialog>
  );
}
