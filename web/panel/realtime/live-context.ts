import { createContext, useContext, useEffect, useSyncExternalStore } from 'react';
import type { ListRef } from '../../../contracts/realtime';
import type { Live } from './live';

export const LiveContext = createContext<Live | null>(null);

/** The stream of whoever is signed in. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('Nobody is signed in here.');
  return live;
}

/** Keeps lists fresh while the caller is on the screen. */
export function useWatchedLists(refs: readonly ListRef[]): void {
  const live = useLive();
  const names = refs.map((ref) => `${ref.list}:${ref.id}`).join(',');
  useEffect(() => {
    const wanted = names === '' ? [] : names.split(',').map((name) => name.split(':'));
    const ends = wanted.map(([list, id]) =>
      live.watchList({ list: list as ListRef['list'], id: id ?? '' }),
    );
    return () => ends.forEach((end) => end());
  }, [live, names]);
}

/** Keeps a conversation fresh while the caller is on the screen and the cache holds it. */
export function useWatchedConversation(id: string, held: boolean): void {
  const live = useLive();
  useEffect(() => (held ? live.watchConversation(id) : undefined), [live, id, held]);
}

/** Since when there is no connection, milliseconds since 1970; null while there is one. */
export function useDisconnectedSince(): number | null {
  const live = useLive();
  return useSyncExternalStore(live.subscribe, live.disconnectedSince);
}
