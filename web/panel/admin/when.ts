import { useTranslation } from 'react-i18next';

const WEEK_MS = 7 * 24 * 3_600_000;

/** Says an instant in this computer's zone: by weekday within a week of now, otherwise by date. */
export function useWhen(): (instant: string) => string {
  const { i18n } = useTranslation();
  return (instant) => {
    const at = new Date(instant);
    const isNear = Math.abs(at.getTime() - Date.now()) < WEEK_MS;
    const options: Intl.DateTimeFormatOptions = isNear
      ? { weekday: 'short', hour: '2-digit', minute: '2-digit' }
      : { dateStyle: 'medium', timeStyle: 'short' };
    return new Intl.DateTimeFormat(i18n.language, options).format(at);
  };
}
