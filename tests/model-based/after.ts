/** The work after a commit: hand-outs are served, workflows are rung and decide, until nothing is left. */
import type { Database } from '../../db/client';
import { Effects, type HandOut } from '../../db/effects';
import { serveHandOut } from '../../db/routing/hand-out';
import type { Projection } from '../../db/conversation/project';
import { driveConversation } from '../support/workflow-driver';
import type { House } from './house';
import { inParallel } from './watch';

export interface How {
  /** By which process; the first where it is not named. */
  readonly by?: Database | undefined;
  readonly serves?: 'here' | 'routers' | 'nobody' | undefined;
  readonly rings?: boolean | undefined;
  /** Everything by both processes at once. */
  readonly doubled?: boolean | undefined;
  /** Called with each projection that was made. */
  readonly after?: ((projection: Projection) => Promise<void>) | undefined;
}

/** While Temporal is away, rings are lost. */
export async function finish(house: House, effects: Effects, how: How = {}): Promise<void> {
  const [db] = house.processes;
  if (how.doubled) {
    await inParallel(db, () =>
      Promise.all(
        house.processes.map((by) => finish(house, effects, { ...how, by, doubled: false })),
      ),
    );
    return;
  }
  const by = how.by ?? db;
  for (let left = effects; left.handOuts.length + left.rings.length > 0;) {
    const next = new Effects();
    next.add(await serve(house, left.handOuts, by, how.serves ?? 'here'));
    const rung = new Set(left.rings.map((ring) => ring.conversationId));
    if (house.away || how.rings === false) rung.clear();
    for (const id of rung) next.add(await driveConversation(by, id, how.after));
    left = next;
  }
}

async function serve(
  house: House,
  handOuts: readonly HandOut[],
  by: Database,
  where: 'here' | 'routers' | 'nobody',
): Promise<Effects> {
  const left = new Effects();
  if (where === 'routers') return house.routers.serve(handOuts);
  if (where === 'here') for (const one of handOuts) left.add(await serveHandOut(by, one));
  return left;
}

export const handOutsOf = (db: Database): Promise<HandOut[]> =>
  db.query<HandOut & Record<string, unknown>>(
    `SELECT id, agent_id AS "agentId", conversation_id AS "conversationId", reason FROM hand_out ORDER BY id`,
  );
