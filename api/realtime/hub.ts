/**
 * What is new in the database, for whoever looks at it in this process. Wake-ups by NOTIFY carry ids only and may be
 * lost; what is new is always read from the rows, and a poll finds within a second what no wake-up told.
 */
import type { Database } from '../../db/client';
import {
  EPHEMERAL_CHANNEL,
  EphemeralSender,
  parseEphemeral,
  type Ephemeral,
} from '../../db/ephemeral';
import { readViews, type StreamKind } from '../../db/conversation/list-members';
import { listen } from '../../db/listen';
import type { ConversationView } from '../../db/conversation/views';
import { changedSince, movedOn, pollHorizon } from '../../db/recent-changes';
import { WAKE_CHANNEL, type Wake, type WakeUp } from '../../db/wake';
import { ConversationWatches, type ChangesListener, type Watch } from './conversation-watches';
import { ListWatches, type ListListener } from './list-watches';

export interface Hub {
  /** Tells every change of a conversation after `sinceRev`, in order, without gaps. */
  watchConversation(id: string, sinceRev: number, listener: ChangesListener): Watch;
  /** The watched conversation as it was last told; null where nobody watches it here. */
  current(id: string): ConversationView | null;
  /** Tells what enters, changes in and leaves a list. Resolves when it watches: read the list after that. */
  watchList(kind: StreamKind, id: string, listener: ListListener): Promise<Watch>;
  /** Called when something of an agent has changed: state, load, sessions, queues. Returns the way out. */
  onAgent(listener: (agentId: string) => void): () => void;
  /** Called when a conversation has been written to, whoever watches it. Returns the way out. */
  onConversation(listener: (conversationId: string) => void): () => void;
  /** Sends to all processes, this one too. Nothing of it is stored or logged. */
  publishEphemeral(news: Ephemeral): void;
  onEphemeral(listener: (news: Ephemeral) => void): () => void;
  close(): Promise<void>;
}

const POLL_MS = 1_000;
/** Revs remembered to tell news from what was read already. */
const MOST_REMEMBERED = 100_000;

/** Starts listening and polling. `url` is that of the database behind `db`. */
export function createHub(options: {
  db: Database;
  url: string;
  /** What this process changes; it is told of that before the others are. */
  wake?: Wake | undefined;
  report: (error: unknown, what: string) => void;
}): Hub {
  const { db, report } = options;
  const lists = new ListWatches(db);
  const watches = new ConversationWatches(db, report, toLists);
  const sender = new EphemeralSender(db.pool);
  const agents = new Set<(agentId: string) => void>();
  const conversations = new Set<(id: string) => void>();
  const ephemerals = new Set<(news: Ephemeral) => void>();
  const listed = new Map<string, number>();
  const pending = new Set<string>();
  let working = false;
  let polling = false;
  let closed = false;
  let horizon: string | null = null;

  function wake(ids: readonly string[]): void {
    for (const id of ids) {
      for (const tell of conversations) tell(id);
      if (!watches.wake(id) && lists.active) pending.add(id);
    }
    if (pending.size > 0 && !working) void work();
  }

  function toLists(view: ConversationView): void {
    if (!lists.active) return;
    if (listed.size > MOST_REMEMBERED) listed.clear();
    listed.set(view.id, view.rev);
    lists.update(view);
  }

  async function work(): Promise<void> {
    working = true;
    try {
      while (pending.size > 0 && !closed) {
        const ids = [...pending].splice(0, 500);
        for (const id of ids) pending.delete(id);
        for (const view of await readViews(db, ids)) toLists(view);
      }
    } catch (error) {
      // What was not told is found by the poll, since its rev is not remembered.
      report(error, 'reading lists');
    } finally {
      working = false;
    }
  }

  async function poll(): Promise<void> {
    if (polling || closed) return;
    polling = true;
    try {
      const known = watches.revs();
      for (const id of lists.closelyWatched()) {
        const rev = listed.get(id) ?? 0;
        known.set(id, Math.min(rev, known.get(id) ?? rev));
      }
      const nobody = known.size === 0 && !lists.active;
      if (nobody || horizon === null) {
        horizon = await pollHorizon(db);
        if (nobody) return;
      }
      const recent = await changedSince(db, horizon);
      horizon = recent.horizon;
      const found = [
        ...recent.changed.map((c) => [c.id, c.rev] as const),
        ...(await movedOn(db, known)),
      ];
      // What was told meanwhile is no news any more.
      const isNews = ([id, rev]: readonly [string, number]): boolean =>
        watches.isBehind(id, rev) || (lists.active && (listed.get(id) ?? 0) < rev);
      wake([...new Set(found.filter(isNews).map(([id]) => id))]);
    } catch (error) {
      if (!closed) report(error, 'polling for changes');
    } finally {
      polling = false;
    }
  }

  function heard({ c, a }: WakeUp): void {
    wake(c);
    for (const id of a) for (const tell of agents) tell(id);
  }

  const self = options.wake?.tellHere(heard);
  const listening = listen(options.url, [WAKE_CHANNEL, EPHEMERAL_CHANNEL], {
    connected: () => void poll(),
    heard(channel, payload) {
      if (channel === EPHEMERAL_CHANNEL) {
        for (const news of parseEphemeral(payload)) for (const tell of ephemerals) tell(news);
        return;
      }
      const wakeUp = JSON.parse(payload) as WakeUp;
      if (wakeUp.from !== self) heard(wakeUp);
    },
  });
  const timer = setInterval(() => void poll(), POLL_MS);

  const subscribe = <T>(all: Set<T>, listener: T): (() => void) => {
    all.add(listener);
    return () => void all.delete(listener);
  };

  return {
    watchConversation: (id, sinceRev, listener) => watches.watch(id, sinceRev, listener),
    current: (id) => watches.current(id),
    watchList: (kind, id, listener) => lists.watch(kind, id, listener),
    onAgent: (listener) => subscribe(agents, listener),
    onConversation: (listener) => subscribe(conversations, listener),
    publishEphemeral: (news) => sender.send(news),
    onEphemeral: (listener) => subscribe(ephemerals, listener),
    async close() {
      closed = true;
      clearInterval(timer);
      await sender.flush();
      await listening.close();
    },
  };
}
