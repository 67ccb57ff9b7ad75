/** Settings that are lists. */
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldRow } from './field-row';

/** Several of a few; their names come from the caller. */
export function ChecksField(props: {
  readonly path: string;
  readonly items: readonly { readonly id: string; readonly name: string }[];
  readonly nothing?: string;
}) {
  return (
    <FieldRow path={props.path} group>
      {({ value, set, disabled }) => {
        const chosen = Array.isArray(value) ? (value as string[]) : [];
        return (
          <ul className="checks">
            {props.items.map(({ id, name }) => (
              <li key={id}>
                <label>
                  <input
                    type="checkbox"
                    disabled={disabled}
                    checked={chosen.includes(id)}
                    onChange={({ target }) =>
                      set(
                        target.checked
                          ? props.items
                              .map((item) => item.id)
                              .filter((each) => each === id || chosen.includes(each))
                          : chosen.filter((each) => each !== id),
                      )
                    }
                  />
                  {name}
                </label>
              </li>
            ))}
            {props.items.length === 0 && <li className="muted">{props.nothing}</li>}
          </ul>
        );
      }}
    </FieldRow>
  );
}

/** A list of words or addresses, one added after the other. */
export function WordsField({
  path,
  suggestions = [],
}: {
  readonly path: string;
  readonly suggestions?: readonly string[];
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  return (
    <FieldRow path={path}>
      {({ id, label, value, set, disabled, invalid, describedBy }) => {
        const words = Array.isArray(value) ? (value as string[]) : [];
        const add = (): void => {
          const word = typed.trim();
          if (word !== '' && !words.includes(word)) set([...words, word]);
          setTyped('');
        };
        return (
          <div className="words">
            {words.length > 0 && (
              <ul aria-label={label}>
                {words.map((word) => (
                  <li key={word} className="chip">
                    {word}
                    {!disabled && (
                      <button
                        type="button"
                        aria-label={t('admin.removeWord', { word })}
                        onClick={() => set(words.filter((each) => each !== word))}
                      >
                        <X size={12} aria-hidden />
                      </button>
                    )}
                  </li>
                ))}
              </ul>
            )}
            {!disabled && (
              <span className="words-add">
                <input
                  id={id}
                  className="input"
                  list={`${id}-known`}
                  autoComplete="off"
                  aria-invalid={invalid || undefined}
                  aria-describedby={describedBy}
                  value={typed}
                  onChange={({ target }) => setTyped(target.value)}
                  // What stands in the field when somebody saves is meant.
                  onBlur={add}
                  onKeyDown={(event) => {
                    if (event.key !== 'Enter') return;
                    event.preventDefault();
                    add();
                  }}
                />
                <datalist id={`${id}-known`}>
                  {suggestions.map((word) => (
                    <option key={word} value={word} />
                  ))}
                </datalist>
                <button type="button" className="button" onClick={add}>
                  {t('admin.add')}
                </button>
              </span>
            )}
            {disabled && words.length === 0 && <span className="muted">{t('admin.none')}</span>}
          </div>
        );
      }}
    </FieldRow>
  );
}

const KINDS = ['live-chat', 'open'] as const;

/** A whole number for kinds of channels; where a field is empty the kind keeps what holds otherwise. */
export function KindNumbersField({
  path,
  otherwise,
}: {
  readonly path: string;
  readonly otherwise: string;
}) {
  const { t } = useTranslation();
  return (
    <FieldRow path={path} group>
      {({ id, value, set, disabled, invalid }) => {
        const numbers = (value ?? {}) as Readonly<Record<string, number>>;
        const kinds = [...new Set<string>([...KINDS, ...Object.keys(numbers)])];
        return (
          <ul className="kind-numbers">
            {kinds.map((kind) => (
              <li key={kind}>
                <label htmlFor={`${id}-${kind}`}>{t(`admin.kinds.${kind}`, kind)}</label>
                <input
                  id={`${id}-${kind}`}
                  className="input"
                  type="number"
                  min={0}
                  max={1000}
                  disabled={disabled}
                  placeholder={otherwise}
                  aria-invalid={invalid || undefined}
                  value={numbers[kind] ?? ''}
                  onChange={({ target }) => {
                    const { [kind]: _, ...others } = numbers;
                    set(target.value === '' ? others : { ...others, [kind]: Number(target.value) });
                  }}
                />
              </li>
            ))}
          </ul>
        );
      }}
    </FieldRow>
  );
}
