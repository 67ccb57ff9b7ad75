import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const UNITS = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
type Unit = keyof typeof UNITS;
const NAMES = Object.keys(UNITS) as Unit[];

/** The largest unit in which it is a whole number. */
const unitFor = (ms: number | null): Unit =>
  (ms ? NAMES.findLast((name) => ms % UNITS[name] === 0) : 'minutes') ?? 'seconds';

/** Says a duration of milliseconds, such as "20 seconds". */
export function useDurationWords(): (ms: number) => string {
  const { t } = useTranslation();
  return (ms) => {
    const unit = unitFor(ms);
    return t(`admin.duration.${unit}`, { count: ms / UNITS[unit] });
  };
}

/** A number and its unit, for milliseconds; null is an empty field. */
export function DurationInput(props: {
  readonly id: string;
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (ms: number | null) => void;
  readonly disabled?: boolean;
  readonly invalid?: boolean;
  readonly describedBy?: string | undefined;
  readonly placeholder?: string | undefined;
  /** Changes when the field must forget the unit that somebody chose. */
  readonly epoch?: number;
}) {
  const { t } = useTranslation();
  const { id, value, onChange, disabled, epoch } = props;
  const [unit, setUnit] = useState<Unit>(() => unitFor(value));
  // Only what comes from outside decides the unit, never a number that is half typed.
  useEffect(() => setUnit(unitFor(value)), [epoch]);
  const pick = (next: Unit): void => {
    if (value !== null) onChange(Math.round((value / UNITS[unit]) * UNITS[next]));
    setUnit(next);
  };
  return (
    <span className="duration">
      <input
        id={id}
        className="input"
        type="number"
        min={0}
        step="any"
        disabled={disabled}
        placeholder={props.placeholder}
        aria-invalid={props.invalid || undefined}
        aria-describedby={props.describedBy}
        value={value === null ? '' : String(value / UNITS[unit])}
        onChange={({ target }) =>
          onChange(target.value === '' ? null : Math.round(Number(target.value) * UNITS[unit]))
        }
      />
      <select
        className="input"
        aria-label={t('admin.duration.unitOf', { field: props.label })}
        disabled={disabled}
        value={unit}
        onChange={({ target }) => pick(target.value as Unit)}
      >
        {NAMES.map((name) => (
          <option key={name} value={name}>
            {t(`admin.duration.units.${name}`)}
          </option>
        ))}
      </select>
    </span>
  );
}
