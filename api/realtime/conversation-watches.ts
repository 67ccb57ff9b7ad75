import { Batches } from '../../db/batches';
import { readManyChanges, type ConversationChanges } from '../../db/conversation/changes';
import type { Database } from '../../db/client';
import type { ConversationView } from '../../db/conversation/views';

export type ChangesListener = (changes: ConversationChanges) => void;

export interface Watch {
  close(): void;
}

interface Watcher {
  rev: number;
  readonly tell: ChangesListener;
}

interface Watched {
  readonly watchers: Set<Watcher>;
  current: ConversationView | null;
  reading: boolean;
  /** Woken during a read: read once more. */
  again: boolean;
}

/**
 * Conversations that somebody looks at. Each watcher gets every change after the rev it began with, in order and
 * without gaps: `fromRev` of one is `rev` of the one before.
 */
export class ConversationWatches {
  private readonly watched = new Map<string, Watched>();

  /** Many conversations change at a time. */
  private readonly changes: Batches<{ id: string; after: number }, ConversationChanges | null>;

  constructor(
    db: Pick<Database, 'query'>,
    private readonly report: (error: unknown, what: string) => void,
    /** Told of every conversation that is read, so that nobody reads it twice. */
    private readonly seen: (view: ConversationView) => void,
  ) {
    this.changes = new Batches((asked) => readManyChanges(db, asked), 100);
  }

  /** What is newer than `sinceRev` already is told at once. */
  watch(id: string, sinceRev: number, tell: ChangesListener): Watch {
    const watched = this.watched.get(id) ?? {
      watchers: new Set(),
      current: null,
      reading: false,
      again: false,
    };
    this.watched.set(id, watched);
    const watcher: Watcher = { rev: sinceRev, tell };
    watched.watchers.add(watcher);
    this.wake(id);
    return {
      close: () => {
        watched.watchers.delete(watcher);
        if (watched.watchers.size === 0 && this.watched.get(id) === watched) {
          this.watched.delete(id);
        }
      },
    };
  }

  /** Of each watched conversation the rev that all its watchers have been told of. */
  revs(): Map<string, number> {
    const revs = new Map<string, number>();
    for (const [id, { watchers }] of this.watched) {
      let least = Infinity;
      for (const { rev } of watchers) least = Math.min(least, rev);
      revs.set(id, least);
    }
    return revs;
  }

  /** True where a watcher has not been told of this rev. */
  isBehind(id: string, rev: number): boolean {
    const watchers = this.watched.get(id)?.watchers ?? [];
    return [...watchers].some((watcher) => watcher.rev < rev);
  }

  /** The conversation as it was last told; null where nobody watches it. */
  current(id: string): ConversationView | null {
    return this.watched.get(id)?.current ?? null;
  }

  /** The conversation may have changed. False where nobody watches it: then it is not read. */
  wake(id: string): boolean {
    const watched = this.watched.get(id);
    if (!watched) return false;
    watched.again = true;
    if (!watched.reading) void this.read(id, watched);
    return true;
  }

  private async read(id: string, watched: Watched): Promise<void> {
    watched.reading = true;
    try {
      while (watched.again && watched.watchers.size > 0) {
        watched.again = false;
        // Nearly always one rev: all have been told the same.
        const revs = new Set([...watched.watchers].map((watcher) => watcher.rev));
        for (const rev of revs) await this.tellFrom(id, watched, rev);
      }
    } catch (error) {
      // The poll finds it again.
      this.report(error, 'reading changes');
    } finally {
      watched.reading = false;
    }
  }

  private async tellFrom(id: string, watched: Watched, rev: number): Promise<void> {
    const changes = await this.changes.ask({ id, after: rev });
    if (!changes) return;
    watched.current = changes.conversation;
    this.seen(changes.conversation);
    if (changes.rev <= rev) return;
    for (const watcher of [...watched.watchers]) {
      if (watcher.rev !== rev) continue;
      watcher.rev = changes.rev;
      watcher.tell(changes);
    }
  }
}
