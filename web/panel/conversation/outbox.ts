/** What was written and is not yet stored: shown at once, sent in order, kept until it is through. */
import { useSyncExternalStore } from 'react';
import type { MessageShape } from '../../../contracts/conversation';
import { codeOf, type FailureCode } from '../api/api-error';
import { call, newKey } from '../api/client';
import { queryClient } from '../api/query-client';
import { conversationKey, type OpenConversation } from '../realtime/live-cache';

export interface Unsent {
  /** The same for every try, so that nothing is sent twice. */
  readonly key: string;
  readonly conversationId: string;
  readonly kind: 'reply' | 'note';
  readonly text: string;
  readonly files: readonly { readonly id: string; readonly name: string }[];
  /** The last message that was there when it was sent. */
  readonly afterSeq: number;
  /** Why it was refused; null while it is on its way. */
  readonly failed: FailureCode | null;
}

const AGAIN_MS = 3_000;
/** What may succeed by itself later. */
const PASSING: ReadonlySet<FailureCode> = new Set(['OFFLINE', 'UNAVAILABLE', 'RATE_LIMITED']);

const NONE: readonly Unsent[] = [];
const boxes = new Map<string, readonly Unsent[]>();
const busy = new Set<string>();
const listeners = new Set<() => void>();

function put(id: string, box: readonly Unsent[]): void {
  if (box.length > 0) boxes.set(id, box);
  else boxes.delete(id);
  for (const listener of listeners) listener();
}

const boxOf = (id: string): readonly Unsent[] => boxes.get(id) ?? NONE;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** What of a conversation is on its way. */
export const useOutbox = (id: string): readonly Unsent[] =>
  useSyncExternalStore(subscribe, () => boxOf(id));

/** Whether the stream has told of it already: then it is shown as a stored message, not as one on its way. */
export const isShown = (
  { kind, text, afterSeq }: Unsent,
  messages: readonly MessageShape[],
  me: string,
): boolean =>
  messages.some(
    (message) =>
      message.seq > afterSeq &&
      message.authorId === me &&
      message.direction === (kind === 'note' ? 'note' : 'out') &&
      message.text === text,
  );

/** Puts a message on its way; resolves once it is stored or refused. */
export async function send(
  message: Pick<Unsent, 'conversationId' | 'kind' | 'text' | 'files'>,
): Promise<boolean> {
  const { conversationId: id } = message;
  const key = newKey();
  const held = queryClient.getQueryData<OpenConversation>(conversationKey(id));
  const afterSeq = held?.messages.at(-1)?.seq ?? 0;
  put(id, [...boxOf(id), { ...message, key, afterSeq, failed: null }]);
  return deliver(id, key);
}

/** Tries one that was refused again. */
export function retry({ conversationId: id, key }: Unsent): void {
  put(
    id,
    boxOf(id).map((one) => (one.key === key ? { ...one, failed: null } : one)),
  );
  void deliver(id, key);
}

/** Gives one up. */
export function discard({ conversationId: id, key }: Unsent): void {
  put(
    id,
    boxOf(id).filter((one) => one.key !== key),
  );
}

/** One after the other, so that what was written first stands first. */
async function deliver(id: string, key: string): Promise<boolean> {
  while (busy.has(id)) await pause(50);
  busy.add(id);
  try {
    for (;;) {
      const message = boxOf(id).find((one) => one.key === key);
      if (!message) return false;
      try {
        const { kind, text, files } = message;
        const stored = await call('sendMessage', {
          params: { id },
          key,
          body: { kind, text, fileIds: files.map((file) => file.id) },
        });
        discard(message);
        show(id, stored);
        return true;
      } catch (error) {
        const failed = codeOf(error);
        if (PASSING.has(failed)) {
          await pause(AGAIN_MS);
          continue;
        }
        put(
          id,
          boxOf(id).map((one) => (one.key === key ? { ...one, failed } : one)),
        );
        return false;
      }
    }
  } finally {
    busy.delete(id);
  }
}

/** The stream tells of it as well; whichever comes first is shown. */
function show(id: string, stored: MessageShape): void {
  queryClient.setQueryData<OpenConversation>(conversationKey(id), (held) => {
    if (!held || held.messages.some(({ seq }) => seq === stored.seq)) return held;
    const messages = [...held.messages, stored].sort((a, b) => a.seq - b.seq);
    return { ...held, messages };
  });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
