import { useTranslation } from 'react-i18next';
import type { Fault } from './draft';
import { useDurationWords } from './duration';

/** What the contracts say in words of their own, and where ours stand. */
const SAID: Readonly<Record<string, string>> = {
  'must be an origin, such as https://www.example.com': 'origin',
  'must be an http or https address': 'url',
  'must not hold control characters': 'control',
  'must be a word or a few': 'skill',
  'each step must come later than the one before': 'later',
  'nothing comes after closing': 'afterClose',
  'must be after `from`': 'period',
  'must be HH:mm': 'time',
  'must be YYYY-MM-DDTHH:mm': 'moment',
  'must be a day of the calendar': 'moment',
  'must be the IANA name of a zone': 'zone',
};

/** Says in a sentence what is wrong with a field; `isDuration` where its number is milliseconds. */
export function useFaultWords(): (fault: Fault, isDuration?: boolean) => string {
  const { t } = useTranslation();
  const duration = useDurationWords();
  return (fault, isDuration = false) => {
    const { code, origin, message } = fault;
    const own = SAID[message];
    if (own) return t(`admin.faults.${own}`);
    const limit = Number(code === 'too_small' ? fault.minimum : fault.maximum);
    const kind = origin === 'string' || origin === 'array' ? origin : 'number';
    switch (code) {
      case 'too_small':
        if (kind !== 'number' && limit <= 1) return t('admin.faults.missing');
        if (kind === 'number' && isDuration)
          return t('admin.faults.atLeast', { limit: duration(limit) });
        return t(`admin.faults.small.${kind}`, { count: limit });
      case 'too_big':
        if (kind === 'number' && isDuration)
          return t('admin.faults.atMost', { limit: duration(limit) });
        return t(`admin.faults.big.${kind}`, { count: limit });
      case 'invalid_type':
        return t(message.includes('int') ? 'admin.faults.whole' : 'admin.faults.missing');
      case 'invalid_value':
      case 'invalid_union':
        return t('admin.faults.missing');
      case 'invalid_format':
        return t(
          fault.format === 'email'
            ? 'admin.faults.email'
            : fault.format === 'uuid'
              ? 'admin.faults.missing'
              : fault.format === 'url'
                ? 'admin.faults.url'
                : 'admin.faults.format',
        );
      case 'not_multiple_of':
        return t('admin.faults.whole');
      case 'taken':
        return t('admin.faults.taken');
      default:
        return t('admin.faults.format');
    }
  };
}
