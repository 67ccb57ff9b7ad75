import { useNavigate } from '@tanstack/react-router';
import { CirclePause, CirclePlay, ListOrdered, LogOut, Phone } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Elapsed } from '../../ui/elapsed';
import type { AgentAct } from './agent-dialog';
import { Load } from './load';
import { RowMenu } from './row-menu';
import type { AgentNow, QueueNow } from './use-supervision';

const COLUMNS = ['agent', 'state', 'since', 'load', 'held', 'queues'] as const;
/** Rows at first: whoever is signed in comes before the others. */
const FIRST = 100;

type Act = (act: AgentAct, agent: AgentNow) => void;

export function AgentTable(props: {
  readonly agents: readonly AgentNow[];
  readonly queues: readonly QueueNow[];
  readonly act: Act;
}) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const { agents, queues, act } = props;
  if (agents.length === 0) return <p className="empty">{t('supervise.agents.none')}</p>;
  const isOut = ({ state }: AgentNow): boolean => state === 'logged_off';
  const sorted = [...agents.filter((agent) => !isOut(agent)), ...agents.filter(isOut)];
  const names = new Map(queues.map(({ id, name }) => [id, name]));
  return (
    <div className="supervise-scroll">
      <table className="supervise-table" aria-labelledby="supervise-agents">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" data-number={column === 'held' || column === 'since'}>
                {t(`supervise.agents.${column}`)}
              </th>
            ))}
            <th>
              <span className="hidden-but-read">{t('supervise.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, all ? undefined : FIRST).map((agent) => (
            <Row
              key={agent.id}
              agent={agent}
              queues={agent.queueIds.flatMap((id) => names.get(id) ?? []).join(', ')}
              act={act}
            />
          ))}
        </tbody>
      </table>
      {!all && agents.length > FIRST && (
        <button type="button" className="button" onClick={() => setAll(true)}>
          {t('supervise.agents.all', { count: agents.length })}
        </button>
      )}
    </div>
  );
}

const Row = memo(function Row(props: {
  readonly agent: AgentNow;
  readonly queues: string;
  readonly act: Act;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { agent, queues, act } = props;
  const out = agent.state === 'logged_off';
  const show = (): void =>
    void navigate({
      to: '/supervise/conversations',
      search: { view: 'active', agentId: agent.id } as never,
    });
  return (
    <tr data-agent={agent.id} data-out={out}>
      <th scope="row">
        <span className="supervise-name">{agent.name}</span>{' '}
        {agent.onCall && (
          <span className="chip accent">
            <Phone size={12} aria-hidden />
            {t('supervise.agents.onCall')}
          </span>
        )}
      </th>
      <td>
        <State agent={agent} />
      </td>
      <td data-number="true">
        <Elapsed since={agent.stateSince} />
      </td>
      <td>
        <Load used={agent.usedUnits} max={agent.maxUnits} />
      </td>
      <td data-number="true">
        {agent.held}
        {agent.offered > 0 && (
          <span className="muted"> {t('supervise.agents.offered', { count: agent.offered })}</span>
        )}
      </td>
      <td className="supervise-cut" title={queues}>
        {queues || '–'}
      </td>
      <td>
        <RowMenu
          label={t('supervise.actsOf', { name: agent.name })}
          entries={[
            {
              id: 'show',
              words: t('supervise.agents.show'),
              icon: ListOrdered,
              run: show,
            },
            agent.state === 'paused'
              ? {
                  id: 'resume',
                  words: t('supervise.agents.resume'),
                  icon: CirclePlay,
                  run: () => act('resume', agent),
                }
              : {
                  id: 'pause',
                  words: t('supervise.agents.pause'),
                  icon: CirclePause,
                  disabled: out,
                  run: () => act('pause', agent),
                },
            {
              id: 'logOff',
              words: t('supervise.agents.logOff'),
              icon: LogOut,
              disabled: out,
              run: () => act('logOff', agent),
            },
          ]}
        />
      </td>
    </tr>
  );
});

function State({ agent }: { readonly agent: AgentNow }) {
  const { t } = useTranslation();
  if (agent.absent) {
    return <span className="chip bad">{t('supervise.agents.absent')}</span>;
  }
  const tone = { available: 'ok', paused: 'warn', logged_off: '' }[agent.state];
  const reason = agent.pauseReason && t(`session.reasons.${agent.pauseReason}`, agent.pauseReason);
  return (
    <>
      <span className={`chip ${tone}`}>{t(`session.states.${agent.state}`)}</span>
      {agent.state === 'paused' && reason && <span className="muted"> {reason}</span>}
      {agent.inConversation && (
        <span className="muted"> {t('supervise.agents.inConversation')}</span>
      )}
    </>
  );
}
