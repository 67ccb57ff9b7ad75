import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useTellFailure } from '../api/tell-failure';
import { Dialog } from '../../ui/dialog';

/** Asks before something that cannot simply be taken back, and says what it will do. */
export function ConfirmDialog(props: {
  readonly title: string;
  readonly act: string;
  /** Does it; a refusal is said, and the dialog stays. */
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}) {
  const { title, act, onConfirm, onClose, disabled, children } = props;
  const { t } = useTranslation();
  const tell = useTellFailure();
  const [busy, setBusy] = useState(false);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    try {
      await onConfirm();
    } catch (error) {
      tell(error);
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      buttons={
        <>
          <button type="button" className="button" onClick={onClose}>
            {t('app.cancel')}
          </button>
          <button
            type="button"
            className="button danger main"
            disabled={(disabled ?? false) || busy}
            onClick={() => void confirm()}
          >
            {act}
          </button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
