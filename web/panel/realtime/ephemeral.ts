/** Who types and who looks, as long as it holds. */
import { useEffect, useSyncExternalStore } from 'react';
import type { Ephemeral } from './live';
import { useLive } from './live-context';

const TYPING_MS = 10_000;
const LOOKING_MS = 60_000;

export interface Present {
  readonly agentId: string;
  readonly state: 'viewing' | 'typing';
}

interface Here {
  /** What stands in the customer's field; null while they do not type. */
  readonly customer: { readonly text: string | null } | null;
  readonly agents: readonly Present[];
}

const NOBODY: Here = { customer: null, agents: [] };

const known = new Map<string, Here>();
const listeners = new Set<() => void>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();

function set(id: string, here: Here): void {
  known.set(id, here);
  for (const listener of listeners) listener();
}

function after(name: string, ms: number, act: () => void): void {
  clearTimeout(timers.get(name));
  timers.set(name, setTimeout(act, ms));
}

function take(news: Ephemeral): void {
  const { conversationId: id } = news;
  const here = known.get(id) ?? NOBODY;
  if (news.kind === 'typing') {
    const stop = (): void => set(id, { ...(known.get(id) ?? NOBODY), customer: null });
    if (!news.typing) return stop();
    set(id, { ...here, customer: { text: news.text } });
    return after(`${id}/customer`, TYPING_MS, stop);
  }
  const { agentId, state } = news;
  const others = (from: Here): Present[] => from.agents.filter((one) => one.agentId !== agentId);
  const leave = (): void => {
    const now = known.get(id) ?? NOBODY;
    set(id, { ...now, agents: others(now) });
  };
  if (state === 'away') return leave();
  set(id, { ...here, agents: [...others(here), { agentId, state }] });
  const name = `${id}/${agentId}`;
  if (state === 'viewing') return after(name, LOOKING_MS, leave);
  // Who has stopped typing still looks.
  after(name, TYPING_MS, () => take({ ...news, state: 'viewing' }));
}

/** Takes over what the stream tells, while the caller is on the screen. */
export function useEphemeralNews(): void {
  const live = useLive();
  useEffect(() => {
    const stopEphemeral = live.onEphemeral(take);
    const stopNews = live.onNews((news) => {
      if (news.kind !== 'conversation') return;
      const { conversationId, messages } = news.changes;
      if (messages.some(({ direction }) => direction === 'in')) stoppedTyping(conversationId);
    });
    return () => {
      stopEphemeral();
      stopNews();
    };
  }, [live]);
}

/** The customer's message is there: they type it no longer. */
function stoppedTyping(id: string): void {
  const here = known.get(id);
  if (here?.customer) set(id, { ...here, customer: null });
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Who is at a conversation at this moment, beside oneself. */
export const useWhoIsHere = (id: string): Here =>
  useSyncExternalStore(subscribe, () => known.get(id) ?? NOBODY);
