/** What relay, timers and watchers do until nothing is left. */
import { clearArchivedQueues } from '../../db/queues/archive-queue';
import { lapseOffer } from '../../db/routing/claim-back';
import type { Database } from '../../db/client';
import { Effects } from '../../db/effects';
import { markAbsent, overdueOwners, releaseOfAbsent, silentAgents } from '../../db/agents/presence';
import { lapsedOffers, leftHandOuts, takeUnrung } from '../../db/unrung';
import { finish, handOutsOf } from './after';
import type { House } from './house';
import { A_STEP_MS, moveClock, violations } from './watch';

const MOST_ROUNDS = 100;
const NO_GRACE = { liveChat: 0, others: 0 };
/** More than any of the relay's own waits. */
const RELAY_WAITS_MS = 6000;

/** Temporal comes back, if it was away; before that, whoever has room has work. */
export async function rest(house: House): Promise<void> {
  const [db] = house.processes;
  if (house.away) {
    await restWithoutTemporal(house);
    house.away = false;
  }
  await relay(house);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    await watchers(house);
    const left = new Effects();
    left.handOuts.push(...(await handOutsOf(db)));
    const due = await db.query<{ id: string }>(
      `SELECT id FROM conversation WHERE next_deadline_at <= app_now() ORDER BY id`,
    );
    for (const id of [...due, ...(await undecided(db))].map((row) => row.id))
      left.rings.push({ conversationId: id, signal: 'check' });
    if (left.handOuts.length + left.rings.length === 0) return;
    await finish(house, left);
  }
  throw new Error('it never comes to rest');
}

async function restWithoutTemporal(house: House): Promise<void> {
  const [db] = house.processes;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const left = new Effects();
    left.handOuts.push(...(await handOutsOf(db)));
    if (left.handOuts.length === 0) break;
    await finish(house, left);
  }
  const found = await violations(db, 'handedOut');
  if (found.length > 0) throw new Error(`while Temporal is away: ${found.join('; ')}`);
}

/** By the relay's own queries: they must find everything that was left. */
async function relay(house: House): Promise<void> {
  const [db] = house.processes;
  await moveClock(db, RELAY_WAITS_MS);
  await db.query('UPDATE conversation SET rung_at = NULL WHERE rung_at IS NOT NULL');
  const left = new Effects();
  const rung = new Set(await takeUnrung(db));
  for (const { id } of await undecided(db)) {
    if (!rung.has(id)) throw new Error(`the relay does not see ${id}`);
  }
  for (const conversationId of rung) left.rings.push({ conversationId, signal: 'check' });
  left.handOuts.push(...(await leftHandOuts(db)));
  for (const id of await lapsedOffers(db)) left.add((await lapseOffer(db, id)).effects);
  await finish(house, left);
}

/** What they leave to be done is not told: it must be found in the rows. */
async function watchers({ processes: [db] }: House): Promise<void> {
  await clearArchivedQueues(db);
  for (const id of await silentAgents(db)) await markAbsent(db, id);
  // Whoever stays away is away for longer than no time.
  await moveClock(db, A_STEP_MS);
  for (const id of await overdueOwners(db, NO_GRACE)) await releaseOfAbsent(db, id, NO_GRACE);
}

/** What somebody must decide, whether a ring was lost or not. */
const undecided = (db: Database): Promise<{ id: string }[]> =>
  db.query<{ id: string }>(
    `SELECT id FROM conversation c
      WHERE claim_no <> seen_claim_no OR loaded_version = 0
         OR EXISTS (SELECT 1 FROM command WHERE conversation_id = c.id AND outcome IS NULL) ORDER BY id`,
  );
