import { CircleCheck, Moon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWhen } from './when';

/** Whether something is open now, and until when. */
export function OpenChip(props: { readonly open: boolean; readonly nextChangeAt: string | null }) {
  const { open, nextChangeAt } = props;
  const { t } = useTranslation();
  const when = useWhen();
  const Icon = open ? CircleCheck : Moon;
  const words =
    nextChangeAt === null
      ? t(open ? 'admin.hours.openAlways' : 'admin.hours.closedAlways')
      : t(open ? 'admin.hours.openUntil' : 'admin.hours.closedUntil', { at: when(nextChangeAt) });
  return (
    <span className={open ? 'chip ok' : 'chip'}>
      <Icon size={12} aria-hidden />
      {words}
    </span>
  );
}
