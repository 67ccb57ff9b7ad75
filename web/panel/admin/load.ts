/** What the pages of the administration read, and how they read it anew after a change. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { call, type Answer } from '../api/client';
import { queryClient } from '../api/query-client';

export type Queue = Answer<'getQueue'>;
export type Channel = Answer<'getChannel'>;
export type Calendar = Answer<'getCalendar'>;
export type Agent = Answer<'getAgent'>;

type Listed = 'listQueues' | 'listChannels' | 'listCalendars' | 'listAgents';

/** Lists are read whole: they are what people have set up, hundreds at most. */
const PAGE = 100;

/** All of a list, page by page. */
function useAll<N extends Listed>(
  name: N,
  query: Readonly<Record<string, string>> = {},
): UseQueryResult<Answer<N>['items'][number][]> {
  return useQuery({
    queryKey: ['admin', name, query],
    staleTime: 5_000,
    queryFn: async ({ signal }) => {
      const all: Answer<N>['items'][number][] = [];
      let after: string | null = null;
      do {
        const page = (await call(name, {
          query: { ...query, limit: PAGE, ...(after === null ? {} : { after }) },
          signal,
        } as Parameters<typeof call<N>>[1])) as {
          items: Answer<N>['items'][number][];
          next: string | null;
        };
        all.push(...page.items);
        after = page.next;
      } while (after !== null);
      return all;
    },
  });
}

export const useQueues = (archived = false) =>
  useAll('listQueues', archived ? { archived: 'true' } : {});
export const useChannels = () => useAll('listChannels');
export const useCalendars = () => useAll('listCalendars');
export const useAgents = (query: Readonly<Record<string, string>> = {}) =>
  useAll('listAgents', query);

/** One of them, by its id. */
export function useOne<N extends 'getQueue' | 'getChannel' | 'getCalendar' | 'getAgent'>(
  name: N,
  id: string,
): UseQueryResult<Answer<N>> {
  return useQuery({
    queryKey: ['admin', name, id],
    staleTime: 5_000,
    queryFn: ({ signal }) =>
      call(name, { params: { id }, signal } as Parameters<typeof call<N>>[1]),
  });
}

/** What is kept apart from here, or kept fresh by the stream. */
const NOT_OURS = new Set(['session', 'agent', 'conversation', 'conversations']);

/** After a change: whatever screens have of the configuration is read anew. Resolves once they show it. */
export async function readAnew(): Promise<void> {
  await queryClient.invalidateQueries({
    predicate: ({ queryKey }) => !NOT_OURS.has(String(queryKey[0])),
  });
  // The cache tells its screens in a task of its own, which was put in line before this one.
  await new Promise((resolve) => setTimeout(resolve, 0));
}

/**
 * How many conversations that are not closed lie there, as far as one page tells; `more` where it is not all.
 */
export async function countActive(
  where: { queueId: string } | { channelId: string } | { agentId: string },
): Promise<{ count: number; more: boolean }> {
  const page = await call('listConversations', {
    query: { view: 'active', limit: PAGE, ...where },
  });
  return { count: page.items.length, more: page.next !== null };
}
