import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConversationShape } from '../../../contracts/conversation';
import { call } from '../api/client';
import { queryClient } from '../api/query-client';
import { conversationKey, type OpenConversation } from '../realtime/live-cache';
import { useLive, useWatchedConversation } from '../realtime/live-context';
import { useMe } from '../session/session';

const STILL_HERE_MS = 30_000;

/** A conversation with its newest messages, kept fresh while it is on the screen. */
export function useConversation(id: string) {
  const query = useQuery({
    queryKey: conversationKey(id),
    queryFn: ({ signal }) => call('getConversation', { params: { id }, signal }),
    staleTime: 0,
  });
  useWatchedConversation(id, query.data !== undefined);
  return query;
}

/** Tells the other agents that somebody looks at it. */
export function useLooking(id: string, held: boolean): void {
  const live = useLive();
  useEffect(() => {
    if (!held) return;
    const tell = (): void => {
      if (document.visibilityState === 'visible') live.present(id, 'viewing');
    };
    // The subscription goes out before it.
    const soon = setTimeout(tell, 500);
    const timer = setInterval(tell, STILL_HERE_MS);
    return () => {
      clearTimeout(soon);
      clearInterval(timer);
      live.present(id, 'away');
    };
  }, [live, id, held]);
}

/** Notes what its owner has seen, while the page is in front. */
export function useSeen(conversation: ConversationShape | undefined): void {
  const me = useMe();
  const told = useRef(0);
  const owns = conversation?.ownerId === me.id && conversation.placement === 'assigned';
  const seq = conversation?.lastSeq ?? 0;
  const id = conversation?.id;
  const fresh =
    owns && (conversation.unread > 0 || conversation.agentSeenSeq < conversation.lastInSeq);
  useEffect(() => {
    if (!fresh || id === undefined) return;
    const tell = (): void => {
      if (document.visibilityState !== 'visible' || !document.hasFocus() || told.current >= seq)
        return;
      told.current = seq;
      // Lost where it fails: the next message tells it again.
      call('markSeen', { params: { id }, body: { seq } }).catch(() => (told.current = 0));
    };
    tell();
    window.addEventListener('focus', tell);
    document.addEventListener('visibilitychange', tell);
    return () => {
      window.removeEventListener('focus', tell);
      document.removeEventListener('visibilitychange', tell);
    };
  }, [fresh, id, seq]);
}

/** Pages back through the messages and puts them before those that are held. */
export function useOlderMessages(id: string, held: OpenConversation | undefined) {
  const cursor = useRef<string | null>(null);
  const [loading, setLoading] = useState(false);
  const first = held?.messages[0]?.seq ?? 1;
  const load = useCallback(async (): Promise<void> => {
    setLoading(true);
    try {
      for (;;) {
        const { items, next } = await call('listMessages', {
          params: { id },
          query: { limit: 100, ...(cursor.current ? { after: cursor.current } : {}) },
        });
        cursor.current = next;
        const older = items.filter((message) => message.seq < first).reverse();
        if (older.length > 0) {
          queryClient.setQueryData<OpenConversation>(conversationKey(id), (now) =>
            now ? { ...now, messages: [...older, ...now.messages] } : now,
          );
        }
        if (older.length > 0 || next === null) return;
      }
    } finally {
      setLoading(false);
    }
  }, [id, first]);
  return { more: first > 1, loading, load };
}
