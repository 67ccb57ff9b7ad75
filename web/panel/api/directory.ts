/** Names of queues, agents and channels, which change seldom. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from './client';

const MOST_PAGES = 20;
const FRESH_MS = 5 * 60_000;

async function all<T>(
  page: (after: string | undefined) => Promise<{ items: T[]; next: string | null }>,
): Promise<T[]> {
  const found: T[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const { items, next } = await page(after);
    found.push(...items);
    if (next === null) break;
    after = next;
  }
  return found;
}

const pageOf = (after: string | undefined) => ({ limit: 100, ...(after ? { after } : {}) });

export const useQueues = () =>
  useQuery({
    queryKey: ['queues'],
    staleTime: FRESH_MS,
    queryFn: () => all((after) => call('listQueues', { query: pageOf(after) })),
  });

export const useAgents = () =>
  useQuery({
    queryKey: ['agents'],
    staleTime: FRESH_MS,
    queryFn: () => all((after) => call('listAgents', { query: pageOf(after) })),
  });

export const useChannels = () =>
  useQuery({
    queryKey: ['channels'],
    staleTime: FRESH_MS,
    queryFn: () => all((after) => call('listChannels', { query: pageOf(after) })),
  });

export interface Names {
  readonly agent: (id: string | null | undefined) => string;
  readonly queue: (id: string | null | undefined) => string;
  readonly channel: (id: string | null | undefined) => string;
}

/** What people call things. Who is not known any more is called by what they were. */
export function useNames(): Names {
  const { t } = useTranslation();
  const queues = useQueues().data;
  const agents = useAgents().data;
  const channels = useChannels().data;
  return useMemo(() => {
    const by = (list: readonly { id: string; name: string }[] | undefined, missing: string) => {
      const names = new Map(list?.map(({ id, name }) => [id, name]));
      return (id: string | null | undefined): string =>
        (id && names.get(id)) ?? (list ? missing : '…');
    };
    return {
      agent: by(agents, t('inbox.formerAgent')),
      queue: by(queues, t('inbox.formerQueue')),
      channel: by(channels, t('inbox.formerChannel')),
    };
  }, [agents, queues, channels, t]);
}
