import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog';

/** Asks what becomes of conversations that are still open. */
export function LeaveDialog(props: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly leave: (open: 'keep' | 'release') => void;
}) {
  const { t } = useTranslation();
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={t('session.leave.title')}
      buttons={
        <>
          <button type="button" className="button" onClick={() => props.onOpenChange(false)}>
            {t('app.cancel')}
          </button>
          <button type="button" className="button" onClick={() => props.leave('keep')}>
            {t('session.leave.keep')}
          </button>
          <button type="button" className="button main" onClick={() => props.leave('release')}>
            {t('session.leave.release')}
          </button>
        </>
      }
    >
      <p>{t('session.leave.text')}</p>
    </Dialog>
  );
}
