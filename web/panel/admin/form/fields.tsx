/** The usual kinds of settings, each a row of a form. */
import { useTranslation } from 'react-i18next';
import { DurationInput } from './duration';
import { FieldRow } from './field-row';
import { useFormPlace } from './form-context';

interface OfPath {
  readonly path: string;
}

/** A line of text. An empty one is `empty`: nothing unless said. */
export function TextField(
  props: OfPath & {
    readonly type?: 'text' | 'email' | 'password' | 'url';
    readonly empty?: null | undefined | '';
    readonly placeholder?: string;
    readonly wide?: boolean;
  },
) {
  const empty = 'empty' in props ? props.empty : '';
  return (
    <FieldRow path={props.path} wide={props.wide ?? false}>
      {({ id, value, set, disabled, invalid, describedBy }) => (
        <input
          id={id}
          className="input"
          type={props.type ?? 'text'}
          autoComplete={props.type === 'password' ? 'new-password' : 'off'}
          placeholder={props.placeholder}
          disabled={disabled}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          value={typeof value === 'string' ? value : ''}
          onChange={({ target }) => set(target.value === '' ? empty : target.value)}
        />
      )}
    </FieldRow>
  );
}

/** A number; an empty field is null, which the schema refuses where there must be one. */
export function NumberField(
  props: OfPath & {
    readonly min?: number;
    readonly max?: number;
    readonly step?: number;
    readonly placeholder?: string;
    /** What a field of 1 stands for: 1,048,576 in one of megabytes. */
    readonly scale?: number;
    readonly empty?: null | undefined;
  },
) {
  const { path, min, max, step, placeholder, scale = 1 } = props;
  return (
    <FieldRow path={path}>
      {({ id, value, set, disabled, invalid, describedBy }) => (
        <input
          id={id}
          className="input"
          type="number"
          min={min}
          max={max}
          step={step ?? 'any'}
          placeholder={placeholder}
          disabled={disabled}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          value={typeof value === 'number' ? String(value / scale) : ''}
          onChange={({ target }) => {
            const none = 'empty' in props ? props.empty : null;
            set(target.value === '' ? none : scaled(Number(target.value), scale));
          }}
        />
      )}
    </FieldRow>
  );
}

const scaled = (value: number, scale: number): number =>
  scale === 1 ? value : Math.round(value * scale);

/** A duration; `never` is what an empty field means. */
export function DurationField({ path, never }: OfPath & { readonly never?: string }) {
  const { form } = useFormPlace();
  return (
    <FieldRow path={path} isDuration>
      {(control) => (
        <DurationInput
          {...{ id: control.id, label: control.label, disabled: control.disabled }}
          invalid={control.invalid}
          describedBy={control.describedBy}
          placeholder={never}
          value={typeof control.value === 'number' ? control.value : null}
          onChange={control.set}
          epoch={form.epoch}
        />
      )}
    </FieldRow>
  );
}

/** One of a few, with a sentence about the one that is chosen. Their words stand under `options` of the field. */
export function ChoiceField({ path, options }: OfPath & { readonly options: readonly string[] }) {
  const { t } = useTranslation();
  const { words } = useFormPlace();
  const of = (option: string, part: string): string =>
    t(`${words}.${path}.options.${option}.${part}`, '');
  return (
    <FieldRow path={path}>
      {({ id, value, set, disabled, invalid, describedBy }) => (
        <>
          <select
            id={id}
            className="input"
            disabled={disabled}
            aria-invalid={invalid || undefined}
            aria-describedby={`${id}-option ${describedBy}`}
            value={String(value)}
            onChange={({ target }) => set(target.value)}
          >
            {options.map((option) => (
              <option key={option} value={option}>
                {of(option, 'label')}
              </option>
            ))}
          </select>
          <p className="hint" id={`${id}-option`}>
            {of(String(value), 'help')}
          </p>
        </>
      )}
    </FieldRow>
  );
}

/** One of things that have names. `none`: the words for null. */
export function PickField(
  props: OfPath & {
    readonly items: readonly { readonly id: string; readonly name: string }[];
    readonly none?: string;
  },
) {
  return (
    <FieldRow path={props.path}>
      {({ id, value, set, disabled, invalid, describedBy }) => (
        <select
          id={id}
          className="input"
          disabled={disabled}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          value={typeof value === 'string' ? value : ''}
          onChange={({ target }) => set(target.value === '' ? null : target.value)}
        >
          <option value="">{props.none ?? '—'}</option>
          {props.items.map((item) => (
            <option key={item.id} value={item.id}>
              {item.name}
            </option>
          ))}
        </select>
      )}
    </FieldRow>
  );
}

/** On or off. */
export function SwitchField({ path }: OfPath) {
  const { t } = useTranslation();
  return (
    <FieldRow path={path}>
      {({ id, value, set, disabled, describedBy }) => (
        <span className="switch">
          <input
            id={id}
            type="checkbox"
            role="switch"
            disabled={disabled}
            aria-describedby={describedBy}
            checked={value === true}
            onChange={({ target }) => set(target.checked)}
          />
          <span aria-hidden>{t(value === true ? 'admin.on' : 'admin.off')}</span>
        </span>
      )}
    </FieldRow>
  );
}
