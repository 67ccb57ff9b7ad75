import { Copy, Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { faultAt } from '../form/draft';
import { useFaultWords } from '../form/fault-words';
import { useFormPlace } from '../form/form-context';
import { useDayNames } from './day-names';

interface Interval {
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
}

const DAYS = [1, 2, 3, 4, 5, 6, 7];

/** The opening hours of each day of the week; none on a day means closed. */
export function WeekField({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const { form, readOnly } = useFormPlace();
  const faultWords = useFaultWords();
  const names = useDayNames();
  const all = (form.values[path] ?? []) as readonly Interval[];
  const set = (next: readonly Interval[]): void =>
    form.set(
      path,
      DAYS.flatMap((day) => next.filter(({ weekday }) => weekday === day)),
    );
  const toWeekdays = (from: number): void => {
    const pattern = all.filter(({ weekday }) => weekday === from);
    const others = all.filter(({ weekday }) => weekday > 5 || weekday === from);
    const days = DAYS.filter((day) => day <= 5 && day !== from);
    set([...others, ...days.flatMap((weekday) => pattern.map((each) => ({ ...each, weekday })))]);
  };
  return (
    <div className="week">
      {DAYS.map((day) => {
        const name = names[day - 1] ?? '';
        const own = all.flatMap((each, at) => (each.weekday === day ? [{ each, at }] : []));
        return (
          <div key={day} role="group" aria-label={name}>
            <span className="week-day">{name}</span>
            <div className="week-times">
              {own.length === 0 && (
                <span className="muted">{t('admin-calendars.week.closed')}</span>
              )}
              {own.map(({ each, at }, number) => {
                const fault = faultAt(form.faults, `${path}.${at}`);
                const change = (what: Partial<Interval>): void =>
                  set(all.map((one, here) => (here === at ? { ...one, ...what } : one)));
                return (
                  <div key={number} className="week-interval">
                    {(['from', 'to'] as const).map((end) => (
                      <input
                        key={end}
                        className="input time"
                        type="text"
                        inputMode="numeric"
                        placeholder="00:00"
                        aria-label={t(`admin-calendars.week.${end}`, {
                          day: name,
                          number: number + 1,
                        })}
                        aria-invalid={form.faults[`${path}.${at}.${end}`] ? true : undefined}
                        aria-describedby={fault && `week-${at}`}
                        disabled={readOnly}
                        value={each[end]}
                        onChange={({ target }) => change({ [end]: target.value })}
                      />
                    ))}
                    {each.to <= each.from && each.to.length === 5 && (
                      <span className="hint">{t('admin-calendars.week.nextDay')}</span>
                    )}
                    {!readOnly && (
                      <button
                        type="button"
                        className="button icon quiet"
                        aria-label={t('admin-calendars.week.remove', {
                          day: name,
                          number: number + 1,
                        })}
                        onClick={() => set(all.filter((_, here) => here !== at))}
                      >
                        <X size={16} aria-hidden />
                      </button>
                    )}
                    {fault && (
                      <p className="fault" id={`week-${at}`}>
                        {faultWords(fault)}
                      </p>
                    )}
                  </div>
                );
              })}
            </div>
            {!readOnly && (
              <span className="week-acts">
                <button
                  type="button"
                  className="button icon quiet"
                  aria-label={t('admin-calendars.week.add', { day: name })}
                  title={t('admin-calendars.week.add', { day: name })}
                  onClick={() => set([...all, next(day, own.at(-1)?.each)])}
                >
                  <Plus size={16} aria-hidden />
                </button>
                {day <= 5 && (
                  <button
                    type="button"
                    className="button icon quiet"
                    aria-label={t('admin-calendars.week.copy', { day: name })}
                    title={t('admin-calendars.week.copy', { day: name })}
                    onClick={() => toWeekdays(day)}
                  >
                    <Copy size={16} aria-hidden />
                  </button>
                )}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** After a first interval the afternoon, else the whole day. */
const next = (weekday: number, last: Interval | undefined): Interval =>
  last && last.to < '23:00'
    ? { weekday, from: last.to, to: '24:00' }
    : { weekday, from: '09:00', to: '17:00' };
