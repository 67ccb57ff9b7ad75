import { CircleUser, Archive, Activity, Inbox as Line, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationShape } from '../../../contracts/conversation';
import { useQueues } from '../api/directory';
import type { ListView } from '../realtime/live-cache';
import { useMe } from '../session/session';

const ICONS: Readonly<Record<ListView, LucideIcon>> = {
  mine: CircleUser,
  unassigned: Line,
  active: Activity,
  closed: Archive,
};

/** The lists, and one's queues with what waits in each. */
export function ViewsPane(props: {
  readonly view: ListView;
  readonly queueId: string | undefined;
  readonly mine: readonly ConversationShape[];
  readonly unassigned: readonly ConversationShape[];
  readonly more: boolean;
  readonly go: (view: ListView, queueId?: string) => void;
}) {
  const { view, queueId, mine, unassigned, more, go } = props;
  const { t } = useTranslation();
  const me = useMe();
  const queues = useQueues().data ?? [];
  const ours = queues.filter(
    (queue) => !queue.archived && (me.role !== 'agent' || me.queueIds.includes(queue.id)),
  );
  const views: ListView[] =
    me.role === 'agent'
      ? ['mine', 'unassigned', 'closed']
      : ['mine', 'unassigned', 'active', 'closed'];
  const held = mine.filter(({ status }) => status !== 'closed');
  const unread = mine.filter((row) => row.unread > 0).length;
  const counts: Partial<Record<ListView, string>> = {
    mine: String(held.length),
    unassigned: `${unassigned.length}${more ? '+' : ''}`,
  };
  return (
    <nav className="views-pane" aria-label={t('inbox.viewsLabel')}>
      <ul>
        {views.map((one) => {
          const Icon = ICONS[one];
          return (
            <li key={one}>
              <button
                type="button"
                className="view"
                aria-current={view === one && queueId === undefined ? 'page' : undefined}
                onClick={() => go(one)}
              >
                <Icon size={16} aria-hidden />
                <span>{t(`inbox.views.${one}`)}</span>
                {one === 'mine' && unread > 0 && (
                  <span className="view-dot">
                    <span className="hidden-but-read">
                      {t('inbox.unreadHere', { count: unread })}
                    </span>
                  </span>
                )}
                {counts[one] !== undefined && <span className="numbers">{counts[one]}</span>}
              </button>
            </li>
          );
        })}
      </ul>
      {ours.length > 0 && <h2>{t('inbox.queues')}</h2>}
      <ul>
        {ours.map((queue) => {
          const waiting = unassigned.filter((row) => row.queueId === queue.id).length;
          const hours = t(queue.open ? 'inbox.queueOpen' : 'inbox.queueClosed');
          return (
            <li key={queue.id}>
              <button
                type="button"
                className="view"
                aria-current={view === 'unassigned' && queueId === queue.id ? 'page' : undefined}
                onClick={() => go('unassigned', queue.id)}
              >
                <span className="queue-light" data-open={queue.open} title={hours} aria-hidden />
                <span className="view-name">{queue.name}</span>
                <span className="hidden-but-read">{hours}</span>
                <span className="numbers">{waiting}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
