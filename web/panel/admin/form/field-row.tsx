import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { faultAt } from './draft';
import { useFaultWords } from './fault-words';
import { useFormPlace } from './form-context';

/** What a control needs to belong to its row. */
export interface Control {
  readonly id: string;
  readonly label: string;
  readonly value: unknown;
  readonly set: (value: unknown) => void;
  readonly disabled: boolean;
  readonly invalid: boolean;
  readonly describedBy: string;
}

/** One setting: its name, a sentence that explains it, its control, and what is wrong with it. */
export function FieldRow(props: {
  readonly path: string;
  readonly isDuration?: boolean;
  /** Below the label's column rather than beside it. */
  readonly wide?: boolean;
  /** The control is a group with fields of its own, so the label names the group. */
  readonly group?: boolean;
  /** The control shows the faults of what is in it itself. */
  readonly ownFaults?: boolean;
  readonly children: (control: Control) => ReactNode;
}) {
  const { path, wide, group, children } = props;
  const { t } = useTranslation();
  const { form, words, readOnly } = useFormPlace();
  const faultWords = useFaultWords();
  const id = useId();
  const fault = props.ownFaults ? form.faults[path] : faultAt(form.faults, path);
  const label = t(`${words}.${path}.label`);
  const help = t(`${words}.${path}.help`, '');
  const control: Control = {
    id,
    label,
    value: form.values[path],
    set: (value) => form.set(path, value),
    disabled: readOnly,
    invalid: fault !== undefined,
    describedBy: `${id}-help ${id}-fault`,
  };
  const classes = ['setting', wide && 'wide', form.changed.includes(path) && 'changed'];
  return (
    <div
      className={classes.filter(Boolean).join(' ')}
      role={group ? 'group' : undefined}
      aria-labelledby={group ? `${id}-label` : undefined}
    >
      <div className="setting-words">
        {group ? (
          <span className="setting-label" id={`${id}-label`}>
            {label}
          </span>
        ) : (
          <label className="setting-label" htmlFor={id}>
            {label}
          </label>
        )}
        <p className="hint" id={`${id}-help`}>
          {help}
        </p>
      </div>
      <div className="setting-control">
        {children(control)}
        <p className="fault" id={`${id}-fault`}>
          {fault && faultWords(fault, props.isDuration)}
        </p>
      </div>
    </div>
  );
}
