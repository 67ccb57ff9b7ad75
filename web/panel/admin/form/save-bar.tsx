import { useBlocker } from '@tanstack/react-router';
import { useContext, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { Dialog } from '../../../ui/dialog';
import { useActions } from '../../keys/registry';
import { SaveSlot } from './save-slot';
import type { Form } from './use-form';

/** How much is not saved yet, and what to do with it. Nobody leaves with unsaved changes unasked. */
export function SaveBar({ form, extra }: { readonly form: Form; readonly extra?: ReactNode }) {
  const { t } = useTranslation();
  const slot = useContext(SaveSlot);
  const count = form.changed.length;
  const wrong = Object.keys(form.faults).length;
  const [said, setSaid] = useState('');
  const save = async (): Promise<void> => {
    setSaid('');
    if (!(await form.submit())) return;
    toast.success(t('admin.saved'));
    setSaid(t('admin.saved'));
  };
  useActions([
    {
      id: 'saveForm',
      keys: ['$mod+s'],
      group: 'everywhere',
      inFields: true,
      disabled: count === 0 || form.busy,
      run: () => void save(),
    },
  ]);
  const blocker = useBlocker({
    shouldBlockFn: () => count > 0 && !form.busy,
    enableBeforeUnload: () => count > 0,
    withResolver: true,
  });
  return (
    <>
      <p className="hidden-but-read" role="status">
        {said}
      </p>
      {count > 0 &&
        slot &&
        createPortal(
          <section className="save-bar" aria-label={t('admin.saveBar.label')}>
            <p role="status">
              <strong>{t('admin.saveBar.changes', { count })}</strong>
              {wrong > 0 && (
                <span className="fault"> {t('admin.saveBar.wrong', { count: wrong })}</span>
              )}
            </p>
            <div className="save-acts">
              <button type="button" className="button" disabled={form.busy} onClick={form.discard}>
                {t('admin.saveBar.discard')}
              </button>
              {extra}
              <button
                type="button"
                className="button main"
                disabled={form.busy}
                onClick={() => void save()}
              >
                {t(form.busy ? 'admin.saving' : 'app.save')}
              </button>
            </div>
          </section>,
          slot,
        )}
      <Dialog
        open={blocker.status === 'blocked'}
        onOpenChange={(open) => !open && blocker.reset?.()}
        title={t('admin.leave.title')}
        buttons={
          <>
            <button type="button" className="button" onClick={() => blocker.reset?.()}>
              {t('admin.leave.stay')}
            </button>
            <button type="button" className="button danger" onClick={() => blocker.proceed?.()}>
              {t('admin.leave.go')}
            </button>
          </>
        }
      >
        <p>{t('admin.leave.text', { count })}</p>
      </Dialog>
    </>
  );
}
