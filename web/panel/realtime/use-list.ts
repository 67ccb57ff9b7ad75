import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '../api/client';
import { useQueues } from '../api/directory';
import { useWatchedLists } from './live-context';
import { listKey, rowsOf, type ListFilters, type ListView } from './live-cache';
import { useMe } from '../session/session';

const PAGE = 100;

/** A list, page by page, kept fresh by the stream where the stream tells of it. */
export function useList(view: ListView, filters: ListFilters) {
  const query = useInfiniteQuery({
    queryKey: listKey(view, filters),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call('listConversations', {
        query: {
          view,
          limit: PAGE,
          ...filters,
          ...(pageParam ? { after: pageParam } : {}),
        },
        signal,
      }),
    getNextPageParam: ({ next }) => next,
    // Closed ones are not told by the stream.
    staleTime: view === 'closed' ? 10_000 : 60_000,
    refetchInterval: view === 'unassigned' ? 60_000 : false,
  });
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  return { ...query, rows };
}

/** Watches one's own list. */
export function useMyStream(): void {
  const me = useMe();
  useWatchedLists([{ list: 'agent', id: me.id }]);
}

/** Watches the lines of one's queues. */
export function useLineStream(): void {
  const me = useMe();
  const queues = useQueues().data;
  const seen =
    me.role === 'agent' ? me.queueIds : (queues ?? []).filter((q) => !q.archived).map((q) => q.id);
  // The stream has room for a hundred lists, of which one is one's own.
  useWatchedLists(seen.slice(0, 99).map((id) => ({ list: 'queue' as const, id })));
}
