import { useTranslation } from 'react-i18next';
import { memo } from 'react';
import type { ConversationShape } from '../../../contracts/conversation';
import { ChannelIcon } from '../../ui/channel-icon';
import { Elapsed } from '../../ui/elapsed';
import type { Names } from '../api/directory';
import { useWhoIsHere } from '../realtime/ephemeral';
import { RowMenu } from './row-menu';
import type { ListView } from '../realtime/live-cache';

interface RowProps {
  readonly row: ConversationShape;
  readonly view: ListView;
  readonly names: Names;
  readonly isMine: boolean;
  readonly selected: boolean;
  readonly open: () => void;
  readonly take: () => void;
}

/** One conversation of a list. */
export const ConversationRow = memo(function ConversationRow(props: RowProps) {
  const { row, view, names, isMine, selected, open, take } = props;
  const { t, i18n } = useTranslation();
  const { customer } = useWhoIsHere(row.id);
  const closed = row.status === 'closed';
  const title = row.customerName ?? t('inbox.unknownCustomer');
  const start = new Intl.DateTimeFormat(i18n.language === 'en-XA' ? 'en' : i18n.language, {
    ...(isToday(row.createdAt) ? {} : { day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(row.createdAt));
  return (
    <div
      className="row"
      data-view={view}
      data-selected={selected}
      data-closed={closed}
      data-unread={row.unread > 0}
    >
      <a
        className="row-link"
        href={`/inbox/${row.id}?view=${view}`}
        aria-current={selected ? 'true' : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          open();
        }}
      >
        <span className="row-top">
          <ChannelIcon kind={row.channelKind} name={t(`inbox.kinds.${row.channelKind}`)} />
          <span className="row-name" dir="auto">
            {title}
          </span>
          {row.unread > 0 && <Unread count={row.unread} exact={view === 'mine'} />}
          <Waiting row={row} />
        </span>
        <span className="row-text" dir="auto">
          {customer ? (
            <em className="row-typing">{customer.text ?? t('conversation.customerTypes')}</em>
          ) : (
            (row.subject ?? row.preview?.text ?? t('inbox.noText'))
          )}
        </span>
        <span className="row-facts">
          <span className="row-queue">{names.queue(row.queueId)}</span>
          <span className="numbers">
            #{row.number} · <time dateTime={row.createdAt}>{start}</time>
          </span>
          <Chips row={row} view={view} names={names} />
        </span>
      </a>
      {view === 'unassigned' ? (
        <button
          type="button"
          className="button small row-act"
          aria-label={t('inbox.takeOf', { name: title })}
          onClick={take}
        >
          {t('inbox.take')}
        </button>
      ) : (
        isMine && !closed && row.placement === 'assigned' && <RowMenu row={row} name={title} />
      )}
    </div>
  );
});

function Unread({ count, exact }: { readonly count: number; readonly exact: boolean }) {
  const { t } = useTranslation();
  return (
    <span className="row-unread numbers" data-exact={exact}>
      {exact && <span aria-hidden>{count > 99 ? '99+' : count}</span>}
      <span className="hidden-but-read">{t('inbox.unread', { count })}</span>
    </span>
  );
}

/** How long somebody waits: in line, or for our answer. */
function Waiting({ row }: { readonly row: ConversationShape }) {
  const { t } = useTranslation();
  const unanswered = row.lastInSeq > row.lastOutSeq ? row.lastInboundAt : null;
  const inLine = row.placement === 'queued' || row.placement === 'offered';
  const since = inLine ? (row.queuedSince ?? row.createdAt) : unanswered;
  if (row.status !== 'open' || since === null) return null;
  return (
    <span className="row-wait numbers" title={t('inbox.waits')}>
      <span className="hidden-but-read">{t('inbox.waits')} </span>
      <Elapsed since={since} />
    </span>
  );
}

function Chips(props: {
  readonly row: ConversationShape;
  readonly view: ListView;
  readonly names: Names;
}) {
  const { row, view, names } = props;
  const { t } = useTranslation();
  const skills = [...row.requiredSkills, ...row.preferredSkills];
  return (
    <>
      {row.urgent && <span className="chip bad">{t('inbox.urgent')}</span>}
      {row.priority > 0 && (
        <span className="chip warn">{t('inbox.priority', { value: row.priority })}</span>
      )}
      {row.front && row.placement === 'queued' && (
        <span className="chip accent">{t('inbox.front')}</span>
      )}
      {row.status !== 'open' && (
        <span className={`chip ${row.status === 'solved' ? 'ok' : ''}`}>
          {t(`inbox.statuses.${row.status}`)}
        </span>
      )}
      {(view === 'active' || view === 'closed') && (row.ownerId ?? row.lastAgentId) && (
        <span className="chip">{names.agent(row.ownerId ?? row.lastAgentId)}</span>
      )}
      {row.rating !== null && (
        <span className="chip ok numbers">{t('inbox.rating', { value: row.rating })}</span>
      )}
      {skills.slice(0, 2).map((skill) => (
        <span key={skill} className="chip">
          {skill}
        </span>
      ))}
      {skills.length > 2 && <span className="chip">+{skills.length - 2}</span>}
    </>
  );
}

const isToday = (instant: string): boolean =>
  new Date(instant).toDateString() === new Date().toDateString();
