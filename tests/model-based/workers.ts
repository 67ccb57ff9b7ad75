/** Workers that stall between decision and transaction, or die with an answer. */
import { loadConversation } from '../../db/conversation/load';
import { projectDecision } from '../../db/conversation/project';
import { nextProjection } from '../support/workflow-driver';
import { finish } from './after';
import { busy, fingerprint, pick, type House } from './house';
import { makeOne } from './make-one';
import type { Step } from './steps';
import { A_STEP_MS, moveClock, moveClockToDeadline } from './watch';

export async function hold(house: House, on: number): Promise<void> {
  const c = await pick(house, on);
  if (c) await holdOne(house, c.id);
}

async function holdOne(house: House, id: string): Promise<void> {
  const loaded = await loadConversation(house.processes[1], id, []);
  const projection = loaded && nextProjection(loaded);
  house.tally.add('a decision held back', projection ? 'made' : 'idle');
  if (projection) house.held.unshift(projection);
}

/** What a load marks as seen is seen by nobody. */
export async function deaf(house: House, on: number): Promise<void> {
  const c = await pick(house, on);
  house.tally.add('a load that nobody hears', c ? 'made' : 'idle');
  if (c) await loadConversation(house.processes[1], c.id, []);
}

export async function stall(
  house: House,
  { stall: on, first, meanwhile }: Extract<Step, { stall: number }>,
): Promise<void> {
  const [db] = house.processes;
  if (first) await makeOne(house, first, 'lost');
  await moveClock(db, A_STEP_MS);
  if ((await busy(db)).length === 0) await wait(house, 'deadline');
  const ready = await busy(db);
  const c = ready[on % Math.max(1, ready.length)];
  if (!c) return;
  await holdOne(house, c.id);
  house.focus = c.id;
  for (const act of meanwhile) {
    await moveClock(db, A_STEP_MS);
    await makeOne(house, act, 'lost');
  }
  house.focus = null;
  await late(house, 0);
}

export async function late(house: House, index: number): Promise<void> {
  const [, db] = house.processes;
  const [projection] = house.held.splice(index % Math.max(1, house.held.length), 1);
  if (!projection) return;
  const rows = await db.query<{ same: boolean; quiet: boolean }>(
    `SELECT version = $2 AND claim_no = $3 AS same, last_in_seq = $4 AND last_out_seq = $5 AS quiet
       FROM conversation WHERE id = $1`,
    [
      ...[projection.conversationId, projection.version, projection.claimNo],
      ...[projection.lastInSeq, projection.lastOutSeq],
    ],
  );
  const { item } = projection.decision;
  const unattended = item.kind === 'deadline' || item.command.giver.kind === 'system';
  const stale = !rows[0]?.same || (unattended && !rows[0].quiet);
  const before = await fingerprint(db);
  const { effects } = await projectDecision(db, projection);
  const changed = before !== (await fingerprint(db));
  if (stale && changed) throw new Error('a projection that came too late changed something');
  house.tally.add('a decision comes late', stale || !changed ? 'refused' : 'made');
  await finish(house, effects, { by: db });
}

export async function wait(house: House, what: 'deadline' | number): Promise<void> {
  const [db] = house.processes;
  await (what === 'deadline' ? moveClockToDeadline(db) : moveClock(db, 1000 * what));
}
