/** One act, judged by the reference, with what becomes of the work after its commit. */
import { AppError } from '../../core/errors';
import type { Database } from '../../db/client';
import { projectDecision, type Projection } from '../../db/conversation/project';
import { attempt, plan } from './act';
import { finish, type How } from './after';
import { fingerprint, type House } from './house';
import { Died, mortal } from './mortal';
import type { Act, Fate } from './steps';

/** Answers what was left to do where it was done, and nothing else came of it. */
export async function makeOne(house: House, act: Act, fate: Fate | number): Promise<void> {
  const [db] = house.processes;
  const planned = await plan(house, act);
  const kind = kindOf(act);
  if (!planned) {
    house.tally.add(kind, 'idle');
    return;
  }
  const before = planned.may === true ? '' : await fingerprint(db);
  const result = await attempt(planned, db);
  house.tally.add(kind, result instanceof AppError ? 'refused' : 'made');
  if (result instanceof AppError) {
    house.tally.add(`refusal: ${result.code}`);
    if (planned.may === true) throw new Error(`refused with ${result.code}, but it is allowed`);
    if (before !== (await fingerprint(db))) throw new Error(`refused, but it changed something`);
    return;
  }
  if (planned.may === false) throw new Error('done, but it is not allowed');
  if (typeof fate === 'number') {
    await dying(db, fate, (by) => finish(house, result, { by }));
    return;
  }
  if (fate === 'lost') return;
  await finish(house, result, HOW[fate](db));
  const wrong = house.away || fate === 'unrung' ? null : await planned.check?.(db);
  if (wrong) throw new Error(wrong);
}

const HOW: Readonly<Record<Exclude<Fate, 'lost'>, (db: Database) => How>> = {
  done: () => ({}),
  unrung: () => ({ rings: false }),
  unserved: () => ({ serves: 'nobody' }),
  repeated: (db) => ({ after: (projection) => repeat(db, projection) }),
  doubled: () => ({ doubled: true }),
};

export const kindOf = (act: Act): string =>
  act.do === 'command'
    ? `${act.name} by ${act.by}`
    : act.do === 'signal'
      ? `${act.name} by hand`
      : act.do;

/** A worker that died after the commit: the same projection once more changes nothing. */
async function repeat(db: Database, projection: Projection): Promise<void> {
  const before = await fingerprint(db);
  await projectDecision(db, projection);
  if (before !== (await fingerprint(db)))
    throw new Error('a repeated projection changed something');
}

async function dying(
  db: Database,
  statements: number,
  work: (by: Database) => Promise<void>,
): Promise<void> {
  const die = (): never => {
    throw new Died();
  };
  await work(mortal(db, statements, die)).catch((error: unknown) => {
    if (!(error instanceof Died)) throw error;
  });
}
