import { X } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../../i18n/languages';
import { FieldRow } from './field-row';
import './customer-text.css';

interface CustomerText {
  readonly text: string;
  readonly byLanguage?: Readonly<Record<string, string>>;
}

/** Undefined stands for the usual words, null for saying nothing. */
type Said = CustomerText | null | undefined;

/** What is said to customers: the usual words, our own in several languages, or nothing. */
export function CustomerTextField({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  return (
    <FieldRow path={path} wide>
      {(control) => {
        const said = control.value as Said;
        const mode = said === undefined ? 'usual' : said === null ? 'nothing' : 'own';
        return (
          <div className="customer-text">
            <select
              id={control.id}
              className="input"
              disabled={control.disabled}
              aria-describedby={control.describedBy}
              value={mode}
              onChange={({ target }) =>
                control.set(
                  target.value === 'usual'
                    ? undefined
                    : target.value === 'nothing'
                      ? null
                      : { text: '' },
                )
              }
            >
              {['usual', 'own', 'nothing'].map((each) => (
                <option key={each} value={each}>
                  {t(`admin.customerText.${each}`)}
                </option>
              ))}
            </select>
            {said && (
              <CustomerTextInput
                label={control.label}
                value={said}
                onChange={control.set}
                disabled={control.disabled}
                invalid={control.invalid}
                describedBy={control.describedBy}
              />
            )}
          </div>
        );
      }}
    </FieldRow>
  );
}

/** The words themselves: those for everybody, and others by language. */
export function CustomerTextInput(props: {
  readonly label: string;
  readonly value: CustomerText;
  readonly onChange: (text: CustomerText) => void;
  readonly disabled?: boolean;
  readonly invalid?: boolean;
  readonly describedBy?: string;
}) {
  const { label, value, onChange, disabled } = props;
  const { t } = useTranslation();
  const id = useId();
  const languages = Object.entries(value.byLanguage ?? {});
  const left = Object.entries(LANGUAGES).filter(([tag]) => !(tag in (value.byLanguage ?? {})));
  const withLanguages = (byLanguage: Readonly<Record<string, string>>): CustomerText =>
    Object.keys(byLanguage).length > 0 ? { text: value.text, byLanguage } : { text: value.text };
  return (
    <div className="customer-words">
      <textarea
        className="input"
        rows={2}
        aria-label={t('admin.customerText.words', { field: label })}
        aria-invalid={props.invalid || undefined}
        aria-describedby={props.describedBy}
        disabled={disabled}
        value={value.text}
        onChange={({ target }) => onChange({ ...value, text: target.value })}
      />
      {languages.map(([tag, words]) => (
        <div key={tag} className="customer-language">
          <label htmlFor={`${id}-${tag}`}>{LANGUAGES[tag as keyof typeof LANGUAGES] ?? tag}</label>
          <textarea
            id={`${id}-${tag}`}
            className="input"
            rows={2}
            lang={tag}
            disabled={disabled}
            value={words}
            onChange={({ target }) =>
              onChange(withLanguages({ ...value.byLanguage, [tag]: target.value }))
            }
          />
          {!disabled && (
            <button
              type="button"
              className="button icon quiet"
              aria-label={t('admin.customerText.remove', {
                language: LANGUAGES[tag as keyof typeof LANGUAGES] ?? tag,
              })}
              onClick={() =>
                onChange(
                  withLanguages(Object.fromEntries(languages.filter(([each]) => each !== tag))),
                )
              }
            >
              <X size={16} aria-hidden />
            </button>
          )}
        </div>
      ))}
      {!disabled && left.length > 0 && (
        <select
          className="input customer-add"
          aria-label={t('admin.customerText.addTo', { field: label })}
          value=""
          onChange={({ target }) =>
            onChange(withLanguages({ ...value.byLanguage, [target.value]: '' }))
          }
        >
          <option value="">{t('admin.customerText.add')}</option>
          {left.map(([tag, name]) => (
            <option key={tag} value={tag} lang={tag}>
              {name}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
