import {
  BellRing,
  CircleHelp,
  Eye,
  GraduationCap,
  Signal,
  Undo2,
  UserRoundCheck,
} from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationShape } from '../../../contracts/conversation';
import { Elapsed } from '../../ui/elapsed';
import type { Acting, ConversationAct } from './conversation-dialog';
import { RowMenu, type MenuEntry } from './row-menu';

const ICONS = {
  assign: UserRoundCheck,
  release: Undo2,
  priority: Signal,
  skills: GraduationCap,
} as const;

/** One conversation of those one oversees. */
export const ConversationRow = memo(function ConversationRow(props: {
  readonly row: ConversationShape;
  readonly index: number;
  readonly start: number;
  readonly queue: string | undefined;
  readonly agent: string | undefined;
  readonly why: (id: string) => void;
  readonly read: (id: string) => void;
  readonly act: (acting: Acting) => void;
}) {
  const { row, index, start, queue, agent, why, read, act } = props;
  const { t } = useTranslation();
  const name = row.customerName ?? t('supervise.unknownCustomer');
  const closed = row.status === 'closed';
  const inLine = row.placement === 'queued' || row.placement === 'offered';
  const entry = (id: ConversationAct, disabled: boolean): MenuEntry => ({
    ...{ id, icon: ICONS[id], disabled, words: t(`supervise.conversation.${id}`) },
    run: () => act({ act: id, row, name }),
  });
  return (
    <div
      role="row"
      className="supervise-row"
      aria-rowindex={index + 2}
      data-conversation={row.id}
      style={{ transform: `translateY(${start}px)` }}
    >
      <span role="cell" className="numbers muted">
        #{row.number}
      </span>
      <span role="cell" className="supervise-who">
        <strong dir="auto">{name}</strong>
        <span className="muted" dir="auto">
          {t(`supervise.kinds.${row.channelKind}`, row.channelKind)}
          {(row.subject ?? row.preview?.text) && ` · ${row.subject ?? row.preview?.text}`}
        </span>
      </span>
      <span role="cell" className="supervise-cut">
        {queue ?? '–'}
      </span>
      <span role="cell" className="supervise-cut">
        {agent ?? '–'}
      </span>
      <span role="cell">
        <State row={row} />
      </span>
      <span role="cell" className="numbers supervise-wait">
        {inLine && row.queuedSince ? <Elapsed since={row.queuedSince} /> : '–'}
        {inLine && row.alertedAt && (
          <span className="chip bad">
            <BellRing size={12} aria-hidden />
            {t('supervise.alarms.long')}
          </span>
        )}
      </span>
      <span role="cell" className="numbers">
        {row.priority > 0 ? <span className="chip warn">{row.priority}</span> : '–'}
      </span>
      <span role="cell" className="supervise-row-acts">
        <button
          type="button"
          className="button quiet small"
          aria-label={t('supervise.conversation.whyOf', { name })}
          onClick={() => why(row.id)}
        >
          {t('supervise.conversation.why')}
        </button>
        <RowMenu
          label={t('supervise.actsOf', { name: `#${row.number} ${name}` })}
          entries={[
            {
              id: 'read',
              words: t('supervise.conversation.read'),
              icon: Eye,
              run: () => read(row.id),
            },
            {
              id: 'why',
              words: t('supervise.conversation.whyLong'),
              icon: CircleHelp,
              run: () => why(row.id),
            },
            entry('assign', closed || row.status === 'solved'),
            entry('release', row.placement !== 'assigned' || row.status === 'solved'),
            entry('priority', closed),
            entry('skills', closed),
          ]}
        />
      </span>
    </div>
  );
});

function State({ row }: { readonly row: ConversationShape }) {
  const { t } = useTranslation();
  const state = row.status === 'open' ? (row.placement ?? 'open') : row.status;
  const tone = { queued: 'warn', offered: 'accent', assigned: 'ok' }[state as string] ?? '';
  return <span className={`chip ${tone}`}>{t(`supervise.states.${state}`)}</span>;
}
