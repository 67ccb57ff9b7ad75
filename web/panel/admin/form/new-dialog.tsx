import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog';
import { FormContext } from './form-context';
import type { Form } from './use-form';

/** Asks for what a new thing needs at least; the rest is set on its page. */
export function NewDialog(props: {
  readonly title: string;
  readonly act: string;
  readonly form: Form;
  readonly words: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { title, act, form, words, onClose, children } = props;
  const { t } = useTranslation();
  return (
    <Dialog open wide onOpenChange={(open) => !open && onClose()} title={title}>
      <form
        className="new-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit();
        }}
      >
        <FormContext.Provider value={{ form, words, readOnly: false }}>
          {children}
        </FormContext.Provider>
        <footer>
          <button type="button" className="button" onClick={onClose}>
            {t('app.cancel')}
          </button>
          <button type="submit" className="button main" disabled={form.busy}>
            {act}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
