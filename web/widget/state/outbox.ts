/**
 * What was written and not yet taken. It is kept until the API has answered for it, over reloads too, and each message
 * goes under one id, so that repeating it never makes two.
 */
import { effect, signal } from '@preact/signals';
import type { VisitorFile } from './files';
import { pause, pauseAfter } from './backoff';
import { call, Refusal } from './call';
import { messages } from './conversation';
import { newId } from './new-id';
import { keep, recall } from './storage';

export interface Outgoing {
  readonly id: string;
  readonly text: string;
  readonly files: readonly VisitorFile[];
  readonly at: string;
  /** `ask`: a survey runs, and the visitor must say what this is. `failed`: refused for good. */
  readonly state: 'waiting' | 'ask' | 'failed' | 'taken';
  readonly during?: 'answer' | 'new';
  /** What the API knows it by, once it is taken. */
  readonly messageId?: string;
}

interface Taken {
  readonly messageId: string;
  readonly conversationId: string;
  readonly created: boolean;
}

export const outbox = signal<readonly Outgoing[]>(recall<Outgoing[]>('outbox') ?? []);
effect(() =>
  keep(
    'outbox',
    outbox.value.filter(({ state }) => state !== 'taken'),
  ),
);

const put = (id: string, fields: Partial<Outgoing>): void => {
  outbox.value = outbox.value.map((each) => (each.id === id ? { ...each, ...fields } : each));
};

/** What is known from the conversation itself needs to be shown once only. */
effect(() => {
  const known = new Set(messages.value.map(({ id }) => id));
  const left = outbox.value.filter(({ messageId }) => !messageId || !known.has(messageId));
  if (left.length < outbox.value.length) outbox.value = left;
});

let onTaken: (taken: Taken) => void = () => undefined;

/** Whom to tell when a message was taken. */
export function whenTaken(told: (taken: Taken) => void): void {
  onTaken = told;
}

/** Writes a message; it goes as soon as it can. */
export function write(text: string, files: readonly VisitorFile[] = []): void {
  const at = new Date().toISOString();
  const one: Outgoing = { id: newId(), text, files, at, state: 'waiting' };
  outbox.value = [...outbox.value, one];
  void send();
}

/** The visitor says what a message during a survey means, or that a refused one is to be tried again. */
export function writeAgain(id: string, during?: 'answer' | 'new'): void {
  put(id, { state: 'waiting', ...(during ? { during } : {}) });
  void send();
}

export function discard(id: string): void {
  outbox.value = outbox.value.filter((each) => each.id !== id);
}

let sending = false;

/** Sends what waits, one after the other and in its order. */
export async function send(): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    for (let failures = 0; ;) {
      const next = outbox.value.find(({ state }) => state !== 'taken');
      // What a visitor must decide about holds up what they wrote after it.
      if (next?.state !== 'waiting') return;
      const done = await trySend(next, failures);
      failures = done ? 0 : failures + 1;
    }
  } finally {
    sending = false;
  }
}

async function trySend(one: Outgoing, failures: number): Promise<boolean> {
  const { id, text, files, during } = one;
  try {
    const taken = await call<Taken>('/messages', {
      method: 'POST',
      body: { id, text, fileIds: files.map((file) => file.id), ...(during ? { during } : {}) },
    });
    put(id, { state: 'taken', messageId: taken.messageId });
    onTaken(taken);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'CONVERSATION_IN_SURVEY') put(id, { state: 'ask' });
    else if (!error.passing) put(id, { state: 'failed' });
    else await pause(error.retryAfterMs ?? pauseAfter(failures));
    return !error.passing;
  }
}
