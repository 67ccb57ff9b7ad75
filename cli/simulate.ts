import { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { generateArrivals, type Span } from '../core/simulation/generate';
import type { Arrival, Demand } from '../core/simulation/model';
import { changePlan, queueIdsOf, staffingFrom, type Plan } from '../core/simulation/plan';
import { arrivalsFrom } from '../core/simulation/recorded';
import { simulate } from '../core/simulation/simulate';
import { readPresentPlan } from '../db/simulation/present-plan';
import { Failure } from './failure';
import { findPlace, withDatabase } from './place';
import { readArrivals, readChange, readGenerator, readPlan } from './simulate/files';
import { pageOf } from './simulate/page';
import { tableOf } from './simulate/table';

interface Options {
  arrivals?: string;
  generate?: string;
  present?: string;
  policy?: string;
  seed: string;
  json?: true;
  html?: string;
}

/** `switchyard simulate`. */
export const simulateCommand = (): Command =>
  new Command('simulate')
    .description('replay arrivals on a virtual clock, with the present policy beside a changed one')
    .option('--arrivals <file>', 'what export-arrivals has written')
    .option('--generate <file>', 'arrivals to be made up: docs/simulation.md has an example')
    .option('--present <file>', 'queues and agents; those of the database where it is left out')
    .option('--policy <file>', 'what is changed about them')
    .option('--seed <number>', 'another seed, other luck', '1')
    .option('--json', 'print one JSON object')
    .option('--html <file>', 'write a page with charts')
    .action(async (options: Options) => {
      try {
        await compare(options);
      } catch (error) {
        // What a file says may fit its shape, and yet name a queue or a rule that does not exist.
        throw error instanceof RangeError ? new Failure(error.message) : error;
      }
    });

async function compare(options: Options): Promise<void> {
  const seed = Number(options.seed);
  if (!Number.isSafeInteger(seed)) throw new Failure('The seed is a whole number.');
  const present: Plan = options.present
    ? readPlan(options.present)
    : await withDatabase(findPlace(), readPresentPlan);
  const changed = options.policy ? changePlan(present, readChange(options.policy)) : null;
  const { span, ...world } = demandOf(options, queueIdsOf(present), seed);
  const demand: Demand = { from: span.from, until: span.until, ...world };
  const began = performance.now();
  const before = simulate(demand, staffingFrom(present, span), seed);
  const after = changed && simulate(demand, staffingFrom(changed, span), seed);
  const seconds = Math.round(performance.now() - began) / 1_000;
  const times = `${new Date(span.from).toISOString()} to ${new Date(span.until).toISOString()}`;
  const about = `${before.conversations} conversations, ${times}, ${before.agents} agents at present${after ? `, ${after.agents} in the changed policy` : ''}; seed ${seed}.`;
  if (options.html) writeFileSync(options.html, pageOf(about, before, after, span.zone));
  if (options.json) {
    console.log(JSON.stringify({ seed, seconds, present: before, changed: after }));
    return;
  }
  console.log(about);
  for (const line of tableOf(before, after)) console.log(line);
  if (options.html) console.log(`\nThe page is ${options.html}.`);
}

function demandOf(
  { arrivals, generate }: Options,
  idOf: (queue: string) => string,
  seed: number,
): { span: Span; arrivals: Arrival[]; manners: Demand['manners'] } {
  if ((arrivals === undefined) === (generate === undefined)) {
    throw new Failure('Say which arrivals: either --arrivals or --generate.');
  }
  if (arrivals !== undefined) {
    const { conversations, manners, ...span } = readArrivals(arrivals);
    const recorded = conversations.map((one) => ({
      ...one,
      queueId: idOf(one.queue),
      skills: { required: one.requiredSkills, preferred: one.preferredSkills },
    }));
    return { span, arrivals: arrivalsFrom(recorded, seed), manners };
  }
  const { streams, manners, ...span } = readGenerator(generate ?? '');
  const made = streams.map(({ queue, transfer, ...stream }) => ({
    ...stream,
    queueId: idOf(queue),
    transfer: transfer && { ...transfer, queueId: idOf(transfer.queue) },
  }));
  return { span, arrivals: generateArrivals(made, span, seed), manners };
}
