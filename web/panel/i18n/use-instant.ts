import { useTranslation } from 'react-i18next';
import { PSEUDO } from './languages';

/** Writes an instant as people of this language do: the time of day, and the day where it is another one. */
export function useInstant(): (instant: string) => string {
  const { i18n } = useTranslation();
  const language = i18n.language === PSEUDO ? 'en' : i18n.language;
  return (instant) => {
    const date = new Date(instant);
    const today = date.toDateString() === new Date().toDateString();
    return new Intl.DateTimeFormat(language, {
      ...(today ? {} : { weekday: 'short', day: 'numeric', month: 'short' }),
      hour: '2-digit',
      minute: '2-digit',
    }).format(date);
  };
}
