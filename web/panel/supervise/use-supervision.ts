import { useQuery, type Query } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ListRef } from '../../../contracts/realtime';
import { call, type Answer } from '../api/client';
import { queryClient } from '../api/query-client';
import type { ListData } from '../realtime/live-cache';
import { useLive, useWatchedLists } from '../realtime/live-context';
import { pulse } from './pulse';

export type Supervision = Answer<'getSupervision'>;
export type QueueNow = Supervision['queues'][number];
export type AgentNow = Supervision['agents'][number];

/** However much happens, the screen changes once a second. */
const EVERY_MS = 1_000;
/** Openings, closings and new members are not told by the stream; neither is what it has no room for. */
const AT_LATEST_MS = 5_000;
/** Lists that the stream follows for one screen; queues come first. */
const MOST_LISTS = 90;

const SUPERVISION = ['supervision'] as const;

/** Queues and agents as they stand; undefined until they are known. */
export function useSupervision() {
  return useQuery({
    queryKey: SUPERVISION,
    queryFn: ({ signal }) => call('getSupervision', { signal }),
    refetchInterval: AT_LATEST_MS,
  });
}

/** Keeps what supervisors see fresh while the caller is on the screen. */
export function useSupervisionStream(): void {
  const live = useLive();
  const { data } = useSupervision();
  const queues = (data?.queues ?? []).map(({ id }): ListRef => ({ list: 'queue', id }));
  const agents = (data?.agents ?? []).map(({ id }): ListRef => ({ list: 'agent', id }));
  useWatchedLists([...queues, ...agents].slice(0, MOST_LISTS));
  useEffect(() => {
    const beat = pulse(refreshSupervision, EVERY_MS);
    const stop = live.onNews(({ kind }) => {
      if (kind === 'list' || kind === 'agent') beat.hit();
    });
    return () => {
      stop();
      beat.stop();
    };
  }, [live]);
}

/** Reads all that supervisors see afresh. Resolves when it is there. */
export async function refreshSupervision(): Promise<void> {
  // One that is under way was asked before the change that this is about.
  await Promise.all([
    queryClient.refetchQueries({ queryKey: SUPERVISION }),
    queryClient.refetchQueries({ queryKey: ['conversations'], type: 'active', predicate: isShort }),
    queryClient.invalidateQueries({ queryKey: ['routing'] }),
  ]);
}

/** Of a list of which much has been read the rows alone follow the stream: its pages are not read every second. */
const isShort = ({ state }: Query): boolean =>
  ((state.data as ListData | undefined)?.pages.length ?? 0) <= 3;
