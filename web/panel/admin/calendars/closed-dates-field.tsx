import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { faultAt } from '../form/draft';
import { useFaultWords } from '../form/fault-words';
import { useFormPlace } from '../form/form-context';

interface ClosedDate {
  readonly description: string;
  readonly from: string;
  readonly to: string;
}

const FIELDS = ['description', 'from', 'to'] as const;

/** Times at which it is closed whatever the weekday says, each with its reason. */
export function ClosedDatesField({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const { form, readOnly } = useFormPlace();
  const faultWords = useFaultWords();
  const dates = (form.values[path] ?? []) as readonly ClosedDate[];
  const set = (next: readonly ClosedDate[]): void => form.set(path, next);
  return (
    <div className="closed-dates">
      {dates.length === 0 && <p className="muted">{t('admin-calendars.closed.none')}</p>}
      <div className="closed-list">
        {dates.map((date, at) => {
          const number = at + 1;
          return (
            <div key={at} role="group" aria-label={t('admin-calendars.closed.one', { number })}>
              {FIELDS.map((field) => {
                const fault = faultAt(form.faults, `${path}.${at}.${field}`);
                const id = `closed-${at}-${field}`;
                return (
                  <div key={field} className="field">
                    <label htmlFor={id}>{t(`admin-calendars.closed.${field}`)}</label>
                    <input
                      id={id}
                      className="input"
                      type={field === 'description' ? 'text' : 'datetime-local'}
                      disabled={readOnly}
                      aria-invalid={fault ? true : undefined}
                      aria-describedby={fault && `${id}-fault`}
                      value={date[field]}
                      onChange={({ target }) =>
                        set(
                          dates.map((each, here) =>
                            here === at ? { ...each, [field]: target.value } : each,
                          ),
                        )
                      }
                    />
                    {fault && (
                      <p className="fault" id={`${id}-fault`}>
                        {faultWords(fault)}
                      </p>
                    )}
                  </div>
                );
              })}
              {!readOnly && (
                <button
                  type="button"
                  className="button icon quiet"
                  aria-label={t('admin-calendars.closed.remove', { number })}
                  onClick={() => set(dates.filter((_, here) => here !== at))}
                >
                  <Trash2 size={16} aria-hidden />
                </button>
              )}
            </div>
          );
        })}
      </div>
      {!readOnly && (
        <button
          type="button"
          className="button"
          onClick={() => set([...dates, { description: '', from: '', to: '' }])}
        >
          <Plus size={16} aria-hidden />
          {t('admin-calendars.closed.add')}
        </button>
      )}
    </div>
  );
}
