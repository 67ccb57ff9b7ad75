import { BellRing, CircleCheck, Hourglass, Layers, Users, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Elapsed } from '../../ui/elapsed';
import type { Totals } from './alarm';

/** The few numbers that tell whether somebody has to do something. */
export function Numbers({ totals }: { readonly totals: Totals | undefined }) {
  const { t } = useTranslation();
  const alarm = (totals?.alerted ?? 0) > 0;
  return (
    <dl className="supervise-numbers" aria-busy={!totals}>
      <Figure name="waiting" icon={Layers}>
        {totals?.waiting}
      </Figure>
      <Figure name="longest" icon={Hourglass}>
        {totals && (totals.longestSince ? <Elapsed since={totals.longestSince} /> : '–')}
      </Figure>
      <Figure name="room" icon={CircleCheck}>
        {totals?.room}
      </Figure>
      <Figure
        name="agents"
        icon={Users}
        more={totals && t('supervise.numbers.available', { count: totals.agentsAvailable })}
      >
        {totals?.agentsIn}
      </Figure>
      <Figure
        name="alerts"
        icon={BellRing}
        level={alarm ? 'bad' : undefined}
        more={totals && t(`supervise.numbers.${alarm ? 'look' : 'calm'}`)}
      >
        {totals?.alerted}
      </Figure>
    </dl>
  );
}

function Figure(props: {
  readonly name: string;
  readonly icon: LucideIcon;
  readonly level?: 'bad' | undefined;
  readonly more?: string | undefined;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const { name, icon: Icon, level, more, children } = props;
  return (
    <div data-number={name} data-level={level}>
      <dt>
        <Icon size={15} aria-hidden />
        {t(`supervise.numbers.${name}`)}
      </dt>
      <dd>
        <strong className="numbers">{children ?? '–'}</strong>
        <span>{more ?? t(`supervise.numbers.${name}Hint`)}</span>
      </dd>
    </div>
  );
}
