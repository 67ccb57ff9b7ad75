import { useTranslation } from 'react-i18next';
import { useDurationWords } from '../form/duration';
import { useCalendars, useQueues } from '../load';

/** Says a field of a queue's policy, and a value of it, as its form does. */
export function useChangeWords(): {
  name: (field: string) => string;
  value: (field: string, value: unknown) => string;
} {
  const { t } = useTranslation();
  const duration = useDurationWords();
  const named = [...(useCalendars().data ?? []), ...(useQueues().data ?? [])];
  const name = (field: string): string => {
    const own = t(`admin-queues.${field}.label`, '');
    // A value of a record stands below its field.
    return own === '' ? t(`admin-queues.${field.replace(/\.[^.]+$/, '')}.label`, field) : own;
  };
  const value = (field: string, given: unknown): string => {
    if (given === null || given === undefined) return t('admin.unset');
    if (typeof given === 'boolean') return t(given ? 'admin.on' : 'admin.off');
    if (typeof given === 'number' && field.endsWith('Ms')) return duration(given);
    if (typeof given === 'number') return String(given);
    if (typeof given === 'string') {
      const option = t(`admin-queues.${field}.options.${given}.label`, '');
      return option !== '' ? option : (named.find(({ id }) => id === given)?.name ?? given);
    }
    if (field === 'settings.ladder' && Array.isArray(given)) {
      const steps = given as { afterMs: number; do: string }[];
      if (steps.length === 0) return t('admin-queues.ladder.none');
      return steps
        .map((step) =>
          t('admin-queues.ladder.said', {
            after: duration(step.afterMs),
            act: t(`admin-queues.ladder.acts.${step.do}`),
          }),
        )
        .join(' ');
    }
    if (Array.isArray(given)) {
      return given.map((each) => t(`admin.kinds.${String(each)}`, String(each))).join(', ');
    }
    return JSON.stringify(given);
  };
  return { name, value };
}
