/** Plays a list of steps and throws at the first broken promise. */
import { furnish, type House, type Site } from './house';
import { makeOne } from './make-one';
import { makeAtOnce, raceClaims, raceHandOuts, twice } from './races';
import { rest } from './rest';
import type { Step } from './steps';
import { countInto, Tally } from './tally';
import { A_STEP_MS, moveClock, violations } from './watch';
import { deaf, hold, late, stall, wait } from './workers';

/** Answers how many steps were made, and counts into `tally` what became of them. */
export async function play(
  site: Site,
  steps: readonly Step[],
  tally: Tally = new Tally(),
): Promise<number> {
  const house = await furnish(site, tally);
  for (const [index, step] of [...steps, { rest: true } as const].entries()) {
    try {
      tally.add(`step: ${kindOf(step)}`);
      await make(house, step);
      await promise(house, 'rest' in step ? 'atRest' : 'always');
      // What follows a wait happens at the very instant.
      if (!('wait' in step)) await moveClock(house.processes[0], A_STEP_MS);
    } catch (error) {
      const why = error instanceof Error ? error : new Error(String(error));
      why.message = `step ${index} ${JSON.stringify(step)}: ${why.message}`;
      throw why;
    }
  }
  await countInto(tally, house.processes[0]);
  return steps.length + 1;
}

const kindOf = (step: Step): string => {
  if ('fate' in step) return `act, ${step.fate}`;
  if ('temporal' in step) return `Temporal ${step.temporal}`;
  return 'act' in step ? 'act, dies' : (Object.keys(step)[0] ?? '');
};

async function promise(house: House, when: 'always' | 'atRest'): Promise<void> {
  const [db] = house.processes;
  const found = await violations(db, when);
  const kept = await db.query<{ taken: number; sent: number }>(
    `SELECT count(*) FILTER (WHERE direction = 'in')::int AS taken,
            count(*) FILTER (WHERE author_kind = 'agent')::int AS sent FROM message`,
  );
  const { taken, sent } = kept[0] ?? { taken: -1, sent: -1 };
  if (taken !== house.accepted.length)
    found.push(`${house.accepted.length} accepted, ${taken} kept`);
  if (sent !== house.replies.length) found.push(`${house.replies.length} replies, ${sent} kept`);
  if (found.length > 0) throw new Error(found.join('; '));
}

async function make(house: House, step: Step): Promise<void> {
  if ('fate' in step) await makeOne(house, step.act, step.fate);
  else if ('act' in step) await makeOne(house, step.act, step.dies);
  else if ('acts' in step) await makeAtOnce(house, step.acts);
  else if ('claims' in step) await raceClaims(house, step.claims);
  else if ('twice' in step) await twice(house, step.twice);
  else if ('race' in step) await raceHandOuts(house, step.dies ?? null);
  else if ('stall' in step) await stall(house, step);
  else if ('hold' in step) await hold(house, step.hold);
  else if ('late' in step) await late(house, step.late);
  else if ('deaf' in step) await deaf(house, step.deaf);
  else if ('temporal' in step) house.away = step.temporal === 'away';
  else if ('wait' in step) await wait(house, step.wait);
  else await rest(house);
}
