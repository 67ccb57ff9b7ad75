import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Target } from './transfer-targets';

/** One queue or agent to choose, with who is there. */
export function TransferTarget(props: {
  readonly target: Target;
  readonly chosen: boolean;
  readonly choose: () => void;
}) {
  const { target, chosen, choose } = props;
  const { facts } = target;
  const { t } = useTranslation();
  return (
    <label className="transfer-target" data-refused={target.refused}>
      <input type="radio" name="transfer-target" checked={chosen} onChange={choose} />
      <span className="transfer-name">{target.name}</span>
      {target.warning && (
        <TriangleAlert size={14} aria-label={t('acts.transfer.hasWarning')} role="img" />
      )}
      {facts.of === 'queue' ? (
        <span className="muted numbers">
          {t(facts.open ? 'inbox.queueOpen' : 'inbox.queueClosed')} ·{' '}
          {t('acts.transfer.available', { available: facts.available, members: facts.members })}
        </span>
      ) : (
        <span className="muted numbers">
          {t(`session.states.${facts.state}`)} ·{' '}
          {t('acts.transfer.workload', { value: facts.workload })}
        </span>
      )}
    </label>
  );
}
