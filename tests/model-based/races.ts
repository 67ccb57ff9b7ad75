/** What happens at the same instant, in several processes. Whatever is refused is refused with a code. */
import { AppError } from '../../core/errors';
import { acceptOffer, takeConversation } from '../../db/routing/claim';
import { Effects } from '../../db/effects';
import { receiveMessage } from '../../db/messages/receive-message';
import { attempt, plan } from './act';
import { finish, handOutsOf } from './after';
import { claimable, somebody, type House } from './house';
import { kindOf } from './make-one';
import { mayAccept, mayTake } from './reference';
import type { Act } from './steps';
import { inParallel } from './watch';

/** By two processes; the hand-outs that follow are served by the routers. */
export async function makeAtOnce(house: House, acts: readonly Act[]): Promise<void> {
  const [db] = house.processes;
  const planned: { kind: string; one: Awaited<ReturnType<typeof plan>> }[] = [];
  for (const act of acts) planned.push({ kind: kindOf(act), one: await plan(house, act) });
  await inParallel(db, () =>
    allOf(
      planned.map(async ({ kind, one }, index) => {
        const by = house.processes[index % 2] ?? db;
        const result = one && (await attempt(one, by));
        const how = result instanceof Effects ? 'made' : result ? 'refused' : 'idle';
        house.tally.add(`${kind} (at once)`, how);
        if (result instanceof Effects) await finish(house, result, { by, serves: 'routers' });
      }),
    ),
  );
}

/** Every row of hand_out by every router. */
export async function raceHandOuts(house: House, dies: number | null): Promise<void> {
  const [db] = house.processes;
  const rows = (await handOutsOf(db)).slice(0, 6);
  house.tally.add(`hand-outs raced${dies === null ? '' : ', a router killed'}`, rows.length > 0 ? 'made' : 'idle'); // prettier-ignore
  if (rows.length === 0) return;
  await inParallel(db, async () => {
    await finish(house, await house.routers.race(rows, dies), { serves: 'routers' });
  });
}

/** One conversation, wanted by everybody at once: exactly one gets it, if anybody may. */
export async function raceClaims(house: House, on: number): Promise<void> {
  const [db] = house.processes;
  const ready = await claimable(db);
  const c = ready[on % Math.max(1, ready.length)];
  house.tally.add('claims raced', c ? 'made' : 'idle');
  if (!c) return;
  const wishes: Promise<{ effects: Effects } | AppError>[] = [];
  let may = false;
  for (const index of house.agents.keys()) {
    const agent = await somebody(house, index);
    may ||= mayTake(c, agent) || mayAccept(c, agent);
    const claim = c.placement === 'offered' ? acceptOffer : takeConversation;
    for (const by of house.processes) {
      wishes.push(claim(by, c.id, agent.id, `key ${++house.count}`).catch(refused));
    }
  }
  const ends = await allOf(wishes);
  const won = ends.filter((end) => !(end instanceof AppError));
  if (won.length !== (may ? 1 : 0)) throw new Error(`${won.length} claims have won`);
  for (const end of ends) {
    if (end instanceof AppError) house.tally.add(`refusal: ${end.code}`);
    else await finish(house, end.effects);
  }
}

function refused(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}

/** One message to both processes at once: it is one message, in one conversation. */
export async function twice(house: House, customer: number): Promise<void> {
  const who = house.customers[customer];
  if (!who) return;
  const id = `key ${++house.count}`;
  const inbound = { ...who, externalId: id, text: 'hello', during: 'new' as const };
  const taken = await allOf(house.processes.map((by) => receiveMessage(by, inbound)));
  const ids = new Set(taken.map(({ value }) => value.messageId));
  const fresh = taken.filter(({ value }) => !value.duplicate);
  if (ids.size !== 1 || fresh.length !== 1) throw new Error('one message was taken twice');
  for (const messageId of ids) house.accepted.push({ id, customer, messageId });
  for (const { effects } of taken) await finish(house, effects);
}

/** Waits for all of them, so that nothing goes on behind a failure. */
async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const ends = await Promise.allSettled(work);
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}
