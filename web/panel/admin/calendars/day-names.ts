import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** The first Monday of a year that nobody is interested in. */
const MONDAY = Date.UTC(2024, 0, 1);

/** The days of the week by their names, Monday first. */
export function useDayNames(): string[] {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' });
    return Array.from({ length: 7 }, (_, day) => format.format(MONDAY + day * 24 * 3_600_000));
  }, [i18n.language]);
}
