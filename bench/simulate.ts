/** How long a day of a large centre takes to simulate, and how far the simulator is from the closed forms. */
import { generateArrivals, type Stream } from '../core/simulation/generate';
import type { Demand } from '../core/simulation/model';
import { staffingFrom, type Plan } from '../core/simulation/plan';
import { simulate as simulateDay } from '../core/simulation/simulate';
import { compareOverSeeds, type SingleQueue } from '../core/simulation/single-queue';
import { round, type Bench, type Row } from './bench';

const AGENTS = 500;
const QUEUES = 50;
/** Of the memberships of each agent. */
const QUEUES_EACH = 5;
const CONVERSATIONS = 20_000;
const DAY_MS = 86_400_000;
const FROM = Date.UTC(2026, 10, 2);
const SEED = 1;
/** Of the comparisons with the closed forms, whose means are taken: what luck is off by itself becomes small. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

/** Loads from one agent to a hundred, with and without patience. */
const TEXTBOOK: readonly SingleQueue[] = [
  { agents: 1, load: 0.6, patienceMs: null, conversations: 50_000 },
  { agents: 5, load: 3.5, patienceMs: null, conversations: 75_000 },
  { agents: 20, load: 16, patienceMs: null, conversations: 150_000 },
  { agents: 5, load: 5, patienceMs: 120_000, conversations: 50_000 },
  { agents: 20, load: 19, patienceMs: 60_000, conversations: 60_000 },
  { agents: 100, load: 105, patienceMs: 120_000, conversations: 75_000 },
];

export const simulate: Bench = {
  goal: 'A day of 20,000 conversations and 500 agents in under 10 s; within 5 % of Erlang C and A.',
  async run() {
    const span = { from: FROM, until: FROM + DAY_MS, zone: 'UTC' };
    const staffing = staffingFrom(plan(), span);
    const arrivals = generateArrivals(streams(), span, SEED).slice(0, CONVERSATIONS);
    const answer = { kind: 'exponential', meanMs: 5_000 } as const;
    const manners = { accept: 0.9, reject: 0.05, answer, pausedMs: 150_000 };
    const demand: Demand = { ...span, arrivals, manners };
    const began = performance.now();
    const { all, conversations, agents } = simulateDay(demand, staffing, SEED);
    const seconds = round((performance.now() - began) / 1_000);
    const table: Row[] = [
      { what: 'a day', conversations, agents, seconds },
      { what: 'answered', conversations: all.answered },
      { what: 'gave up', conversations: all.abandoned },
    ];
    let erlangErrorPercent = 0;
    for (const queue of TEXTBOOK) {
      for (const { figure, simulated, expected, percent } of compareOverSeeds(queue, SEEDS)) {
        const form = queue.patienceMs === null ? 'Erlang C' : 'Erlang A';
        const what = `${form}, ${queue.agents} agents, ${queue.load} erlangs: ${figure}`;
        table.push({ what, simulated, expected, percent: round(percent) });
        erlangErrorPercent = Math.max(erlangErrorPercent, percent);
      }
    }
    const error = { erlangErrorPercent: round(erlangErrorPercent), erlangSeeds: SEEDS.length };
    return { table, json: { conversations, agents, seconds, ...error } };
  },
};

/** A half, a third and a quarter of the agents have them. */
const SKILLS = ['french', 'billing', 'repairs'];

/** Half of the queues assign, half of them offer; kinds by turns. */
function plan(): Plan {
  return {
    queues: Array.from({ length: QUEUES }, (_, n) => ({
      name: `Q${n}`,
      delivery: n % 2 === 0 ? ('auto' as const) : ('offer' as const),
      distribution: n % 3 === 0 ? 'longest-idle' : 'least-loaded',
      settings: {
        agingMinutes: 5,
        waitingFactor: 0.5,
        relaxSkillsMs: 60_000,
        returning: { mode: n % 2 === 0 ? ('prefer' as const) : ('wait' as const) },
        ladder:
          n % 5 === 0
            ? [
                { afterMs: 60_000, do: 'notify' as const },
                { afterMs: 120_000, do: 'overflow' as const, queueId: `Q${n + 1}` },
              ]
            : [],
      },
    })),
    agents: Array.from({ length: AGENTS }, (_, n) => ({
      name: `A${n}`,
      skills: SKILLS.filter((_skill, k) => n % (k + 2) === 0),
      queues: Array.from({ length: QUEUES_EACH }, (_none, k) => ({
        queue: `Q${(n + k * 7) % QUEUES}`,
        position: n,
      })),
      shifts: [
        { from: `${String(6 + (n % 3) * 4).padStart(2, '0')}:00`, to: `${14 + (n % 3) * 4}:00` },
      ],
    })),
  };
}

function streams(): Stream[] {
  // A little more than is wanted, so that there are enough to be cut off.
  const perHour = Array.from({ length: 24 }, (_, hour) =>
    hour < 7 || hour > 20 ? 2 : (1.05 * CONVERSATIONS) / QUEUES / 14,
  );
  return Array.from({ length: QUEUES }, (_, n) => ({
    queueId: `Q${n}`,
    kind: (['live-chat', 'whatsapp', 'email'] as const)[n % 3] ?? 'live-chat',
    priority: n % 4,
    perHour,
    perWeekday: [1, 1, 1, 1, 1, 1, 1],
    handling: { kind: 'lognormal', meanMs: 900_000, spread: 1 },
    patience: n % 3 === 2 ? null : { kind: 'exponential', meanMs: 600_000 },
    transfer: {
      share: 0.05,
      queueId: `Q${(n + 1) % QUEUES}`,
      handling: { kind: 'exponential', meanMs: 600_000 },
    },
    waiting: { share: 0.2, time: { kind: 'exponential', meanMs: 300_000 } },
    skills: [
      { share: 0.2, required: SKILLS.slice(0, 1), preferred: SKILLS.slice(1, 2) },
      { share: 0.1, required: SKILLS.slice(1, 2), preferred: [] },
    ],
    returning: 0.3,
  }));
}
