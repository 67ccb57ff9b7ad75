/**
 * Decides as the conversation's workflow does, in this process and without Temporal: load, decide, project, adopt,
 * until nothing is pending. For tests of what is around the decisions; the workflow has tests of its own.
 */
import { due } from '../../core/conversation/deadlines';
import { decide, type Item } from '../../core/conversation/decide';
import type { Loaded } from '../../core/conversation/types';
import type { Doorbell } from '../../db/after-commit';
import type { Database } from '../../db/client';
import { Effects } from '../../db/effects';
import { loadConversation } from '../../db/conversation/load';
import { projectDecision, type Projection } from '../../db/conversation/project';

const MOST_ROUNDS = 50;

/** Returns what the projections left to be done. `after` is called with each projection that was made. */
export async function driveConversation(
  db: Database,
  id: string,
  after?: (projection: Projection) => Promise<void>,
): Promise<Effects> {
  const left = new Effects();
  let loaded = await loadConversation(db, id, []);
  for (let round = 0; round < MOST_ROUNDS && loaded; round++) {
    const projection = nextProjection(loaded);
    if (!projection) return left;
    const { value, effects } = await projectDecision(db, projection);
    left.add(effects);
    await after?.(projection);
    loaded = value;
  }
  if (loaded) throw new Error(`conversation ${id} does not come to rest`);
  return left;
}

/** What the workflow would have written next, or null where nothing is to be decided. */
export function nextProjection(loaded: Loaded): Projection | null {
  const item = nextItem(loaded);
  if (!item) return null;
  const { state, now } = loaded;
  return {
    conversationId: state.id,
    version: state.version,
    claimNo: state.claimNo,
    lastInSeq: state.lastInSeq,
    lastOutSeq: state.lastOutSeq,
    decision: decide(state, item, now),
  };
}

function nextItem({ state, commands, now }: Loaded): Item | null {
  if (commands[0]) return { kind: 'command', command: commands[0] };
  const name = due(state.deadlines, now);
  return name ? { kind: 'deadline', name } : null;
}

export interface DrivenDoorbell extends Doorbell {
  /** While false rings are lost, as with Temporal down. */
  on: boolean;
}

/** A doorbell behind which the driver decides at once. `after` gets what the decisions left to be done. */
export function drivenDoorbell(db: Database, after: (effects: Effects) => void): DrivenDoorbell {
  return {
    on: true,
    async ring({ conversationId }) {
      if (this.on) after(await driveConversation(db, conversationId));
    },
    async deliver() {},
  };
}
