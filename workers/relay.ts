/**
 * The relay: what a killed process left undone. It rings what was not rung, serves hand-outs that nobody served, takes
 * back offers that nobody took back, and watches for agents who went silent. Any number of relays may run.
 */
import type { AfterCommit, Doorbell } from '../db/after-commit';
import { clearArchivedQueues } from '../db/queues/archive-queue';
import { lapseOffer } from '../db/routing/claim-back';
import type { Database } from '../db/client';
import { Effects } from '../db/effects';
import { noteConditions } from '../db/routing/queue-conditions';
import { recomputeHours } from '../db/queues/queue-hours';
import { markAbsent, overdueOwners, releaseOfAbsent, silentAgents } from '../db/agents/presence';
import { overduePauses, releaseOfPaused } from '../db/agents/release-on-pause';
import { readSettings } from '../db/settings';
import { lapsedOffers, leftHandOuts, ringsFailed, takeUndelivered, takeUnrung } from '../db/unrung';

export interface RelayOptions {
  readonly db: Database;
  readonly afterCommit: AfterCommit;
  readonly doorbell: Doorbell;
  /** Makes the schedules of calendars that were edited. */
  readonly planHours: () => Promise<void>;
  /** Milliseconds between two rounds. */
  readonly everyMs: number;
  readonly report: (error: unknown, what: string) => void;
}

export interface Relay {
  /** Ends after the running round. */
  stop(): Promise<void>;
}

export function startRelay(options: RelayOptions): Relay {
  let stopped = false;
  let wakeUp: () => void = () => undefined;
  const loop = (async () => {
    for (let n = 0; !stopped; n++) {
      await round(options, n % SLOW_EVERY === 0);
      if (stopped) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, options.everyMs);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    async stop() {
      stopped = true;
      wakeUp();
      await loop;
    },
  };
}

/** What need not be looked at each time is done in every so many-th round. */
const SLOW_EVERY = 20;

/** One round. A fault in one part never keeps the others from their turn. */
async function round(options: RelayOptions, slow: boolean): Promise<void> {
  const { db, afterCommit, doorbell, planHours, report } = options;
  const ringAll = async (
    ids: readonly string[],
    ring: (id: string) => Promise<void>,
  ): Promise<void> => {
    const rings = await Promise.allSettled(ids.map(ring));
    const failed = rings.flatMap((r) => (r.status === 'rejected' ? [r.reason as unknown] : []));
    if (failed.length > 0) report(failed[0], `${failed.length} of ${ids.length} rings`);
    await ringsFailed(
      db,
      ids.filter((_, at) => rings[at]?.status === 'rejected'),
    );
  };
  const parts: Readonly<Record<string, () => Promise<void>>> = {
    ring: async () => {
      const ids = await takeUnrung(db);
      await ringAll(ids, (id) => doorbell.ring({ conversationId: id, signal: 'check' }));
    },
    deliver: async () => {
      const kinds = new Map((await takeUndelivered(db)).map((c) => [c.id, c.channelKind]));
      await ringAll([...kinds.keys()], (id) => doorbell.deliver(id, kinds.get(id) ?? ''));
    },
    'hand out': async () => {
      const effects = new Effects();
      effects.handOuts.push(...(await leftHandOuts(db)));
      await afterCommit.run(effects);
    },
    lapse: async () => {
      for (const id of await lapsedOffers(db))
        afterCommit.start((await lapseOffer(db, id)).effects);
    },
    heirs: async () => {
      // A creation that was under way while its queue was archived.
      for (const effects of slow ? await clearArchivedQueues(db) : []) afterCommit.start(effects);
    },
    hours: async () => {
      // Temporal fires at each opening and closing; this is for when it could not.
      if (slow) afterCommit.start((await recomputeHours(db, 'due')).effects);
    },
    conditions: async () => {
      // Who is in changes with every login, pause and absence; what waits are put down to goes by this record.
      await noteConditions(db);
    },
    schedules: async () => {
      if (slow) await planHours();
    },
    absence: async () => {
      for (const id of await silentAgents(db))
        afterCommit.start((await markAbsent(db, id)).effects);
      const { absentGrace, releaseOnPauseAfter } = await readSettings(db);
      for (const id of await overdueOwners(db, absentGrace)) {
        afterCommit.start((await releaseOfAbsent(db, id, absentGrace)).effects);
      }
      if (releaseOnPauseAfter === null) return;
      for (const id of await overduePauses(db, releaseOnPauseAfter)) {
        afterCommit.start((await releaseOfPaused(db, id, releaseOnPauseAfter)).effects);
      }
    },
  };
  for (const [what, part] of Object.entries(parts)) {
    await part().catch((error: unknown) => report(error, `relay: ${what}`));
  }
}
