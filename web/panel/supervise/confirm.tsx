import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog';

/** Asks before something is done: what it will come to, and a button that says what it does. */
export function Confirm(props: {
  readonly title: string;
  readonly act: string;
  readonly danger?: boolean;
  readonly busy: boolean;
  readonly disabled?: boolean;
  readonly close: () => void;
  readonly confirm: () => void;
  readonly children: ReactNode;
}) {
  const { title, act, danger, busy, disabled, close, confirm, children } = props;
  const { t } = useTranslation();
  const form = useId();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={title}
      buttons={
        <>
          <button type="button" className="button" onClick={close}>
            {t('app.cancel')}
          </button>
          <button
            type="submit"
            form={form}
            className={danger ? 'button main danger' : 'button main'}
            disabled={busy || (disabled ?? false)}
          >
            {act}
          </button>
        </>
      }
    >
      <form
        id={form}
        className="supervise-form"
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        {children}
      </form>
    </Dialog>
  );
}

/** One of a few, with a word on what comes of each. */
export function Choices<T extends string>(props: {
  readonly legend: string;
  readonly value: T;
  readonly options: readonly {
    readonly value: T;
    readonly words: string;
    readonly hint?: string;
  }[];
  readonly change: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className="supervise-choices">
      <legend>{props.legend}</legend>
      {props.options.map(({ value, words, hint }) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            checked={props.value === value}
            onChange={() => props.change(value)}
          />
          <span>
            {words}
            {hint && <small>{hint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
