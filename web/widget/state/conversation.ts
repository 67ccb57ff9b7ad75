/** The conversation as far as this browser knows it, and what keeps it up to date. */
import { computed, signal } from '@preact/signals';
import type {
  VisitorChanges,
  VisitorConversation,
  VisitorMessage,
} from '../../../contracts/visitor';
import { call } from './call';
import { keep, recall } from './storage';

export const conversation = signal<VisitorConversation | null>(null);
const byId = signal<ReadonlyMap<string, VisitorMessage>>(new Map());

/** In their order. */
export const messages = computed(() =>
  [...byId.value.values()].sort((one, other) => one.seq - other.seq),
);

/** True from the first message until it is closed. */
export const goesOn = computed(
  () => conversation.value !== null && conversation.value.status !== 'closed',
);
/** True while a rating is asked for. */
export const surveyed = computed(
  () => conversation.value?.status === 'solved' && conversation.value.survey.state === 'running',
);

/** Messages that the visitor has not looked at. */
export const unread = computed(() => {
  const seen = conversation.value?.customerSeenSeq ?? 0;
  return messages.value.filter(({ direction, seq }) => direction === 'out' && seq > seen).length;
});

/** The id of a conversation that is over, and that the visitor has put out of sight. */
let putAway = recall<string>('away');

/** Takes over what was read whole. */
export function show(read: VisitorConversation | null, its: readonly VisitorMessage[]): void {
  if (read && read.id === putAway && read.status === 'closed') return;
  const same = read?.id === conversation.value?.id;
  // An answer that was on its way may be older than what was told meanwhile.
  if (same && read && conversation.value && read.rev < conversation.value.rev) return;
  const before = same ? byId.value : new Map<string, VisitorMessage>();
  byId.value = new Map([...before, ...its.map((message) => [message.id, message] as const)]);
  conversation.value = read;
}

/** Takes over a change. False where something before it is missing. */
export function change(news: VisitorChanges): boolean {
  const held = conversation.value?.id === news.conversationId ? conversation.value.rev : 0;
  if (news.fromRev > held) return false;
  show(news.conversation, news.messages);
  return true;
}

/** Reads what there is: the conversation that goes on, or the last one. @throws Refusal */
export async function readAgain(): Promise<void> {
  const read = await call<{
    conversation: VisitorConversation | null;
    messages: VisitorMessage[];
  }>('/conversation');
  show(read.conversation, read.messages);
}

/** Puts a conversation that is over out of sight; the next message begins another. */
export function beginAnew(): void {
  putAway = conversation.value?.id ?? null;
  keep('away', putAway);
  byId.value = new Map();
  conversation.value = null;
}
