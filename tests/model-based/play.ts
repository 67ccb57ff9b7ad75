/** Plays a list of steps and throws at the first broken promise. */
import { AppError } from '../../core/errors';
import type { Database } from '../../db/client';
import { Effects, type HandOut } from '../../db/effects';
import { serveHandOut } from '../../db/hand-out';
import { loadConversation } from '../../db/load';
import { overdueOwners, releaseOfAbsent } from '../../db/presence';
import { projectDecision, type Projection } from '../../db/project';
import { driveConversation, nextProjection } from '../support/workflow-driver';
import { attempt, plan } from './act';
import { busy, fingerprint, furnish, pick, type House, type Site } from './house';
import type { Act, Fate, Step } from './steps';
import { moveClock, violations } from './watch';

/** Answers how many steps were made. */
export async function play(site: Site, steps: readonly Step[]): Promise<number> {
  const house = await furnish(site);
  for (const [index, step] of [...steps, { rest: true } as const].entries()) {
    try {
      await make(house, step);
      await promise(house, 'rest' in step ? 'atRest' : 'always');
    } catch (error) {
      const why = error instanceof Error ? error : new Error(String(error));
      why.message = `step ${index} ${JSON.stringify(step)}: ${why.message}`;
      throw why;
    }
  }
  return steps.length + 1;
}

async function promise(house: House, when: 'always' | 'atRest'): Promise<void> {
  const [db] = house.processes;
  const found = await violations(db, when);
  const kept = await db.query<{ taken: number; sent: number }>(
    `SELECT count(*) FILTER (WHERE direction = 'in')::int AS taken,
            count(*) FILTER (WHERE direction = 'out')::int AS sent FROM message`,
  );
  const { taken, sent } = kept[0] ?? { taken: -1, sent: -1 };
  if (taken !== house.accepted.length)
    found.push(`${house.accepted.length} accepted, ${taken} kept`);
  if (sent !== house.replies.length) found.push(`${house.replies.length} replies, ${sent} kept`);
  if (found.length > 0) throw new Error(found.join('; '));
}

async function make(house: House, step: Step): Promise<void> {
  const [db] = house.processes;
  if ('act' in step) await makeOne(house, step.act, step.fate);
  else if ('acts' in step) await makeAtOnce(house, step.acts);
  else if ('race' in step) await raceHandOuts(house);
  else if ('stall' in step) await stall(house, step);
  else if ('hold' in step) await hold(house, step.hold);
  else if ('late' in step) await late(house, step.late);
  else if ('wait' in step) await wait(house, step.wait);
  else await rest(db);
}

async function makeOne(house: House, act: Act, fate: Fate): Promise<void> {
  const [db] = house.processes;
  const planned = await plan(house, act);
  if (!planned) return;
  const before = planned.may === true ? '' : await fingerprint(db);
  const result = await attempt(planned, db);
  if (result instanceof AppError) {
    if (planned.may === true) throw new Error(`refused with ${result.code}, but it is allowed`);
    if (before !== (await fingerprint(db))) throw new Error(`refused, but it changed something`);
    return;
  }
  if (planned.may === false) throw new Error('done, but it is not allowed');
  if (fate === 'lost') return;
  await finish(db, result, fate === 'repeated' ? (p) => repeat(db, p) : undefined);
  const wrong = await planned.check?.(db);
  if (wrong) throw new Error(wrong);
}

/** The work after a commit, one thing after the other. */
async function finish(
  db: Database,
  effects: Effects,
  after?: (projection: Projection) => Promise<void>,
): Promise<void> {
  for (let left = effects; left.handOuts.length + left.rings.length > 0;) {
    const next = new Effects();
    for (const handOut of left.handOuts) next.add(await serveHandOut(db, handOut));
    const rung = new Set(left.rings.map((ring) => ring.conversationId));
    for (const id of rung) next.add(await driveConversation(db, id, after));
    left = next;
  }
}

/** A worker that died after the commit: the same projection once more changes nothing. */
async function repeat(db: Database, projection: Projection): Promise<void> {
  const before = await fingerprint(db);
  await projectDecision(db, projection);
  if (before !== (await fingerprint(db)))
    throw new Error('a repeated projection changed something');
}

/** At once, by two processes. Whatever is refused is refused with a code. */
async function makeAtOnce(house: House, acts: readonly Act[]): Promise<void> {
  const [db] = house.processes;
  const planned = [];
  for (const act of acts) planned.push(await plan(house, act));
  await db.query('UPDATE test_parallel SET yes = true');
  const ends = await Promise.allSettled(
    planned.map(async (one, index) => {
      const on = house.processes[index % 2] ?? db;
      const result = one && (await attempt(one, on));
      if (result instanceof Effects) await finish(on, result);
    }),
  );
  await db.query('UPDATE test_parallel SET yes = false');
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

const handOutsOf = (db: Database): Promise<HandOut[]> =>
  db.query<HandOut & Record<string, unknown>>(
    `SELECT id, agent_id AS "agentId", conversation_id AS "conversationId", reason FROM hand_out ORDER BY id`,
  );

async function raceHandOuts({ processes }: House): Promise<void> {
  const rows = await handOutsOf(processes[0]);
  await Promise.all(
    processes.flatMap((db) => rows.slice(0, 6).map((handOut) => serveHandOut(db, handOut))),
  );
}

async function hold(house: House, on: number): Promise<void> {
  const c = await pick(house, on);
  if (c) await holdOne(house, c.id);
}

async function holdOne(house: House, id: string): Promise<void> {
  const loaded = await loadConversation(house.processes[1], id, []);
  const projection = loaded && nextProjection(loaded);
  if (projection) house.held.unshift(projection);
}

async function stall(
  house: House,
  { stall: on, first, meanwhile }: Extract<Step, { stall: number }>,
): Promise<void> {
  const [db] = house.processes;
  if (first) await makeOne(house, first, 'lost');
  if ((await busy(db)).length === 0) await wait(house, 'deadline');
  const ready = await busy(db);
  const c = ready[on % Math.max(1, ready.length)];
  if (!c) return;
  await holdOne(house, c.id);
  house.focus = c.id;
  for (const act of meanwhile) await makeOne(house, act, 'lost');
  house.focus = null;
  await late(house, 0);
}

async function late(house: House, index: number): Promise<void> {
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
  if (stale && before !== (await fingerprint(db))) {
    throw new Error('a projection that came too late changed something');
  }
  await finish(db, effects);
}

async function wait(house: House, what: 'deadline' | number): Promise<void> {
  const [db] = house.processes;
  const rows = await db.query<{ seconds: number | null }>(
    `SELECT extract(epoch FROM min(next_deadline_at) - app_now())::float8 + 0.01 AS seconds
       FROM conversation WHERE next_deadline_at > app_now()`,
  );
  await moveClock(db, what === 'deadline' ? (rows[0]?.seconds ?? 1) : what);
}

const MOST_ROUNDS = 100;

/** What relay, timers and watchers do until nothing is left. */
async function rest(db: Database): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const handOuts = await handOutsOf(db);
    for (const handOut of handOuts) await serveHandOut(db, handOut);
    const due = await db.query<{ id: string }>(
      `SELECT id FROM conversation c
        WHERE claim_no <> seen_claim_no OR loaded_version = 0 OR next_deadline_at <= app_now()
           OR EXISTS (SELECT 1 FROM command WHERE conversation_id = c.id AND outcome IS NULL) ORDER BY id`,
    );
    for (const { id } of due) await driveConversation(db, id);
    const grace = { liveChat: 0, others: 0 };
    const owners = await overdueOwners(db, grace);
    for (const id of owners) await releaseOfAbsent(db, id, grace);
    if (handOuts.length + due.length + owners.length === 0) return;
  }
  throw new Error('it never comes to rest');
}
