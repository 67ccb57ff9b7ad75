import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentDialog, type AgentAct } from './agent-dialog';
import { AgentTable } from './agent-table';
import { EmptyDialog } from './empty-dialog';
import { QueueTable } from './queue-table';
import { useSupervision, type AgentNow, type QueueNow } from './use-supervision';

/** Queues and agents, live. */
export function Overview() {
  const { t } = useTranslation();
  const { data } = useSupervision();
  const [emptying, setEmptying] = useState<QueueNow | null>(null);
  const [acting, setActing] = useState<{ act: AgentAct; agent: AgentNow } | null>(null);
  if (!data) return <div className="supervise-body skeleton" aria-label={t('app.starting')} />;
  return (
    <div className="supervise-body">
      <section aria-labelledby="supervise-queues">
        <h2 id="supervise-queues">{t('supervise.queues.title')}</h2>
        <QueueTable queues={data.queues} empty={setEmptying} />
      </section>
      <section aria-labelledby="supervise-agents">
        <h2 id="supervise-agents">{t('supervise.agents.title')}</h2>
        <AgentTable
          agents={data.agents}
          queues={data.queues}
          act={(act, agent) => setActing({ act, agent })}
        />
      </section>
      {emptying && (
        <EmptyDialog queue={emptying} queues={data.queues} close={() => setEmptying(null)} />
      )}
      {acting && <AgentDialog {...acting} close={() => setActing(null)} />}
    </div>
  );
}
