import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Settings that belong together, under a heading that has an address. */
export function FormSection(props: {
  readonly id: string;
  /** `<words>.title` and `<words>.text`. */
  readonly words: string;
  readonly children: ReactNode;
}) {
  const { id, words, children } = props;
  const { t } = useTranslation();
  const text = t(`${words}.text`, '');
  return (
    <section className="form-section" id={id} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>{t(`${words}.title`)}</h2>
        {text !== '' && <p className="muted">{text}</p>}
      </header>
      {children}
    </section>
  );
}
