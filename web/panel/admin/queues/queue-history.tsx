import { useInfiniteQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { useAgents } from '../load';
import { useWhen } from '../when';
import { ChangesTable } from './changes-table';

/** Who changed what of a queue, and when, the newest first. */
export function QueueHistory() {
  const { t } = useTranslation();
  const when = useWhen();
  const { id } = useParams({ from: '/admin/queues/$id' });
  const agents = useAgents().data ?? [];
  const { data, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['admin', 'listQueueVersions', id],
    staleTime: 5_000,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      call('listQueueVersions', {
        params: { id },
        query: { limit: 20, ...(pageParam === null ? {} : { after: pageParam }) },
      }),
    getNextPageParam: (page) => page.next,
  });
  const who = (kind: string, actorId: string | null): string =>
    agents.find((agent) => agent.id === actorId)?.name ??
    t(kind === 'agent' ? 'admin.history.somebody' : 'admin.history.system');
  if (isPending) return <p role="status">{t('app.starting')}</p>;
  return (
    <>
      <ol className="versions">
        {data?.pages
          .flatMap((page) => page.items)
          .map((version) => (
            <li key={version.version} className="form-section">
              <header>
                <h2>{t('admin.history.version', { number: version.version })}</h2>
                <p className="muted">
                  {t('admin.history.by', {
                    who: who(version.actorKind, version.actorId),
                    at: when(version.createdAt),
                  })}
                </p>
              </header>
              {version.changes.length > 0 ? (
                <ChangesTable
                  changes={version.changes}
                  label={t('admin.history.version', { number: version.version })}
                />
              ) : (
                <p className="version-first muted">{t('admin.history.first')}</p>
              )}
            </li>
          ))}
      </ol>
      {hasNextPage && (
        <button
          type="button"
          className="button"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('admin.history.more')}
        </button>
      )}
    </>
  );
}
