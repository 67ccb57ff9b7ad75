import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../api/client';
import { queryClient } from '../api/query-client';

const KEPT_AFTER_MS = 600;

export interface Texts {
  readonly reply: string;
  readonly note: string;
}

const EMPTY: Texts = { reply: '', note: '' };
const draftKey = (id: string) => ['draft', id] as const;

/** What was begun in a conversation, kept on the server a moment after the typing pauses. */
export function useDraft(id: string) {
  const kept = useQuery({
    queryKey: draftKey(id),
    queryFn: () => call('getDraft', { params: { id } }),
    staleTime: Infinity,
  });
  const [typed, setTyped] = useState<Texts | null>(null);
  const pending = useRef<Texts | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = useCallback((): void => {
    clearTimeout(timer.current);
    const texts = pending.current;
    if (!texts) return;
    pending.current = null;
    queryClient.setQueryData(draftKey(id), { ...texts, updatedAt: null });
    // It stays on the screen; what is typed next is kept again.
    call('putDraft', { params: { id }, body: texts }).catch(() => {
      pending.current ??= texts;
    });
  }, [id]);

  const change = useCallback(
    (texts: Texts): void => {
      setTyped(texts);
      pending.current = texts;
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, KEPT_AFTER_MS);
    },
    [flush],
  );

  useEffect(() => {
    const leave = (): void => {
      if (document.visibilityState === 'hidden') flush();
    };
    document.addEventListener('visibilitychange', leave);
    return () => {
      document.removeEventListener('visibilitychange', leave);
      flush();
    };
  }, [flush]);

  const texts = typed ?? (kept.data ? { reply: kept.data.reply, note: kept.data.note } : EMPTY);
  return { texts, change, ready: !kept.isPending };
}
