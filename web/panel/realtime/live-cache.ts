/** What the cache of the screens holds of conversations, and how news of the stream change it. */
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { applyChanges } from '../../../contracts/apply-changes';
import type { ChangesShape, ConversationShape } from '../../../contracts/conversation';
import type { AgentChanged, ListChanged } from '../../../contracts/realtime';
import type { Answer } from '../api/client';

export type ListPage = Answer<'listConversations'>;
export type ListData = InfiniteData<ListPage>;
export type OpenConversation = Answer<'getConversation'>;
export type ListView = 'mine' | 'unassigned' | 'active' | 'closed';

/** Filters as they go to the API. */
export type ListFilters = Readonly<Record<string, string>>;

export const listKey = (view: ListView, filters: ListFilters = {}) =>
  ['conversations', view, filters] as const;
export const conversationKey = (id: string) => ['conversation', id] as const;
export const agentKey = (id: string) => ['agent', id] as const;

/** One piece of news. */
export type LiveNews =
  | { readonly kind: 'list'; readonly change: ListChanged }
  | { readonly kind: 'conversation'; readonly changes: ChangesShape }
  | { readonly kind: 'gone'; readonly conversationId: string }
  | { readonly kind: 'agent'; readonly change: AgentChanged };

/**
 * Applies one piece of news to all that the cache holds. `gap`: the conversation's changes do not follow on what is
 * held; whoever called asks the API what is missing.
 */
export function applyNews(cache: QueryClient, news: LiveNews, me: string): 'applied' | 'gap' {
  switch (news.kind) {
    case 'list':
      applyToLists(cache, news.change, me);
      return 'applied';
    case 'conversation':
      return applyToConversation(cache, news.changes, me);
    case 'gone':
      cache.removeQueries({ queryKey: conversationKey(news.conversationId) });
      return 'applied';
    case 'agent':
      cache.setQueryData<Answer<'getAgent'>>(agentKey(news.change.agentId), (agent) => {
        if (!agent) return agent;
        const { agentId, absentSince, maxUnits, ...rest } = news.change;
        return { ...agent, ...rest, absent: absentSince !== null, maxUnits };
      });
      return 'applied';
  }
}

function applyToConversation(
  cache: QueryClient,
  changes: ChangesShape,
  me: string,
): 'applied' | 'gap' {
  const key = conversationKey(changes.conversationId);
  const held = cache.getQueryData<OpenConversation>(key);
  if (!held) {
    // Its row alone is shown.
    eachList(cache, (view, data) => withRow(view, data, changes.conversation, me, false));
    return 'applied';
  }
  const after = applyChanges(held, changes);
  if (!after) return 'gap';
  cache.setQueryData<OpenConversation>(key, {
    ...held,
    conversation: after.conversation,
    messages: [...after.messages],
    events: [...after.events],
  });
  eachList(cache, (view, data) => withRow(view, data, after.conversation, me, false));
  return 'applied';
}

function applyToLists(cache: QueryClient, change: ListChanged, me: string): void {
  const { conversation, conversationId, rev } = change;
  eachList(cache, (view, data) => {
    if (conversation) return withRow(view, data, conversation, me, true);
    const concerned = change.list === 'agent' ? view === 'mine' : view !== 'mine';
    return concerned ? without(data, conversationId, rev) : data;
  });
}

function eachList(cache: QueryClient, change: (view: ListView, data: ListData) => ListData): void {
  for (const [key, data] of cache.getQueriesData<ListData>({ queryKey: ['conversations'] })) {
    if (!data) continue;
    const view = key[1] as ListView;
    const filtered = Object.keys(key[2] ?? {}).length > 0;
    const after = filtered ? onlyKnown(view, data, change) : change(view, data);
    if (after !== data) cache.setQueryData(key, after);
  }
}

/** Whether a new row passes the filters only the server can say, so a filtered list changes what it has, no more. */
function onlyKnown(
  view: ListView,
  data: ListData,
  change: (view: ListView, data: ListData) => ListData,
): ListData {
  const known = new Set(rowsOf(data).map((row) => row.id));
  const after = change(view, data);
  return rowsOf(after).some((row) => !known.has(row.id)) ? data : after;
}

/** All rows of a list, in its order. */
export const rowsOf = (data: ListData | undefined): ConversationShape[] =>
  data?.pages.flatMap((page) => page.items) ?? [];

/** Whether a conversation stands in a list. */
function standsIn(view: ListView, row: ConversationShape, me: string): boolean {
  switch (view) {
    case 'mine':
      return (
        row.ownerId === me ||
        row.transferToId === me ||
        (row.listedAgentId === me && row.status === 'closed')
      );
    case 'unassigned':
      return row.status === 'open' && row.placement === 'queued';
    case 'active':
      return row.status !== 'closed';
    case 'closed':
      return row.status === 'closed';
  }
}

function withRow(
  view: ListView,
  data: ListData,
  row: ConversationShape,
  me: string,
  mayInsert: boolean,
): ListData {
  const known = rowsOf(data).find((held) => held.id === row.id);
  if (known && known.rev >= row.rev) return data;
  if (!standsIn(view, row, me)) return known ? without(data, row.id, row.rev) : data;
  if (known && !comesBefore(view, known, row) && !comesBefore(view, row, known)) {
    return mapRows(data, (held) => (held.id === row.id ? row : held));
  }
  if (!known && !mayInsert) return data;
  return inserted(view, known ? without(data, row.id, row.rev) : data, row);
}

function mapRows(data: ListData, change: (row: ConversationShape) => ConversationShape): ListData {
  return { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(change) })) };
}

function without(data: ListData, id: string, rev: number): ListData {
  if (!rowsOf(data).some((row) => row.id === id && row.rev <= rev)) return data;
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.filter((row) => row.id !== id),
  }));
  return { ...data, pages };
}

function inserted(view: ListView, data: ListData, row: ConversationShape): ListData {
  const pages = data.pages.map((page) => ({ ...page, items: [...page.items] }));
  for (const page of pages) {
    const at = page.items.findIndex((held) => comesBefore(view, row, held));
    if (at < 0) continue;
    page.items.splice(at, 0, row);
    return { ...data, pages };
  }
  const last = pages.at(-1);
  // Behind what is loaded: it comes with its page.
  if (!last || last.next !== null) return data;
  last.items.push(row);
  return { ...data, pages };
}

/** The order of a list as the API has it, as far as rows tell. */
function comesBefore(view: ListView, a: ConversationShape, b: ConversationShape): boolean {
  if (view === 'closed') return (a.closedAt ?? '') > (b.closedAt ?? '');
  if (view !== 'unassigned') return a.createdAt > b.createdAt;
  if (a.front !== b.front) return a.front;
  const points = (row: ConversationShape): number => row.priority + (row.urgent ? 5 : 0);
  if (!a.front && points(a) !== points(b)) return points(a) > points(b);
  return (a.queuedSince ?? a.createdAt) < (b.queuedSince ?? b.createdAt);
}

/** The rev by which a conversation is held: as a whole, or as a row of a list. */
export function revOf(cache: QueryClient, id: string): number | undefined {
  const whole = cache.getQueryData<OpenConversation>(conversationKey(id));
  if (whole) return whole.conversation.rev;
  for (const [, data] of cache.getQueriesData<ListData>({ queryKey: ['conversations'] })) {
    const row = rowsOf(data).find((held) => held.id === id);
    if (row) return row.rev;
  }
  return undefined;
}
