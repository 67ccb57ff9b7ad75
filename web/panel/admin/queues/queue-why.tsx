import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { Loaded } from '../page';
import { useWhen } from '../when';
import { RoutingStory } from './routing-story';

const SHOWN = 25;

/** Whom the last conversations of a queue went to, and why. */
export function QueueWhy() {
  const { t } = useTranslation();
  const when = useWhen();
  const { id } = useParams({ from: '/admin/queues/$id' });
  const { conversation } = useSearch({ from: '/admin/queues/$id/why' });
  const last = useQuery({
    queryKey: ['admin', 'lastConversations', id],
    staleTime: 5_000,
    queryFn: async () => {
      const views = ['active', 'closed'] as const;
      const pages = await Promise.all(
        views.map((view) =>
          call('listConversations', { query: { view, queueId: id, limit: SHOWN } }),
        ),
      );
      return pages.flatMap((page) => page.items);
    },
  });
  return (
    <>
      <p className="muted members-text">{t('admin.why.text')}</p>
      <Loaded of={last}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="empty">{t('admin.why.none')}</p>
          ) : (
            <div className="why">
              <ul className="why-list" aria-label={t('admin.why.list')}>
                {rows.map((row) => (
                  <li key={row.id}>
                    <Link
                      to="/admin/queues/$id/why"
                      params={{ id }}
                      search={{ conversation: row.id }}
                      aria-current={row.id === conversation ? 'true' : undefined}
                    >
                      <strong>
                        #{row.number} {row.customerName ?? t('admin.why.unknown')}
                      </strong>
                      <span className="muted">
                        {t(`admin.why.statuses.${row.status}`)} · {when(row.createdAt)}
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
              {conversation ? (
                <RoutingStory key={conversation} id={conversation} />
              ) : (
                <p className="empty">{t('admin.why.choose')}</p>
              )}
            </div>
          )
        }
      </Loaded>
    </>
  );
}
