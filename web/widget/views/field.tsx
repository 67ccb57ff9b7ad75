import type { JSX } from 'preact';
import type { ShownField } from '../../../contracts/widget';
import { say } from '../state/words';

interface Props {
  readonly field: ShownField;
  /** Whether it takes several lines. */
  readonly long: boolean;
  readonly value: string;
  readonly fault: string | undefined;
  readonly onChange: (value: string) => void;
}

const INPUT = { name: 'text', email: 'email', phone: 'tel', text: 'text', select: 'text' };
const FILLED_BY = {
  name: 'name',
  email: 'email',
  phone: 'tel',
  text: undefined,
  select: undefined,
};

/** One field of a form, with its name above it and what is wrong below. */
export function Field({ field, long, value, fault, onChange }: Props): JSX.Element {
  const { key, type, required, options } = field;
  const id = `field-${key.trim()}${long ? '-own' : ''}`;
  const given = {
    id,
    value,
    'aria-required': required,
    'aria-invalid': Boolean(fault),
    ...(fault ? { 'aria-describedby': `${id}-fault` } : {}),
  };
  const read = ({ currentTarget }: { currentTarget: { value: string } }): void =>
    onChange(currentTarget.value);
  return (
    <div class="field">
      <label for={id}>
        {long ? say('form.message') : labelOf(field)}
        {!required && <small> ({say('form.optional')})</small>}
      </label>
      {type === 'select' ? (
        <select {...given} onChange={read}>
          <option value="">{say('form.choose')}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : long ? (
        <textarea {...given} rows={4} maxLength={4000} dir="auto" onInput={read} />
      ) : (
        <input
          {...given}
          // The types of JSX want one of them to be named.
          type={INPUT[type] as 'text'}
          autoComplete={FILLED_BY[type]}
          maxLength={type === 'name' ? 200 : type === 'phone' ? 40 : 254}
          dir="auto"
          onInput={read}
        />
      )}
      {fault && (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

function labelOf({ type, label }: ShownField): string {
  if (label !== null) return label;
  return type === 'name' || type === 'email' || type === 'phone' ? say(`form.${type}`) : '';
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;
const PHONE = /^\+?[0-9 ()./-]{3,40}$/;

/** What is wrong with a value, in words; empty where it will do. */
export function faultOf({ type, required }: ShownField, given: string): string {
  const value = given.trim();
  if (value === '') return required ? say('form.missing') : '';
  if (type === 'email' && !EMAIL.test(value)) return say('form.badEmail');
  if (type === 'phone' && !PHONE.test(value)) return say('form.badPhone');
  return '';
}
