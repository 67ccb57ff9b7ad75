/**
 * Each scenario looks at one part of the protocol; its budget bounds how often the outside world acts. Each rule can be
 * left out, and the scenario named with it must then find a fault.
 */
import type { Name } from './state';

const NEVER = {
  /** A customer writes. */
  message: 0,
  /** A person gives a command; rejects an offer; takes from the line. */
  command: 0,
  reject: 0,
  take: 0,
  /** A deadline passes. */
  time: 0,
  leave: 0,
  login: 0,
  /** A worker stalls, and its call may still reach Postgres. */
  stall: 0,
  /** A timer fires early; a signal is repeated. */
  early: 0,
  repeat: 0,
  /** The Temporal store is lost. */
  lose: 0,
  /** Somebody signals by hand. */
  byHand: 0,
  /** A run continues as new. */
  anew: 0,
};

export interface Scenario {
  readonly rows: number;
  readonly customers: number;
  readonly agents: readonly { readonly capacity: number; readonly in: boolean }[];
  readonly commands: readonly Name[];
  readonly byHand: readonly Name[];
  /** What the queue and the channel are like. */
  readonly offer?: boolean;
  readonly survey?: boolean;
  readonly liveChat?: boolean;
  readonly email?: boolean;
  readonly firstResponse?: boolean;
  readonly idle?: boolean;
  readonly budget: Readonly<typeof NEVER>;
}

const one = [{ capacity: 1, in: true }];
const two = [...one, ...one];

function scenario(
  budget: Partial<typeof NEVER>,
  more: Partial<Omit<Scenario, 'budget'>> = {},
): Scenario {
  const plain = { rows: 2, customers: 1, agents: one, commands: [], byHand: [] };
  return { ...plain, ...more, budget: { ...NEVER, ...budget } };
}

export const SCENARIOS = {
  messages: scenario(
    { message: 2, command: 2, time: 1, early: 1 },
    { commands: ['solve', 'close', 'setWaiting', 'resume'] },
  ),
  moving: scenario({ message: 3, command: 2 }, { rows: 3, commands: ['solve', 'close'] }),
  survey: scenario(
    { message: 3, command: 2, time: 1 },
    { commands: ['solve', 'surveyAnswered'], survey: true },
  ),
  superseding: scenario(
    { message: 3, command: 2 },
    { rows: 3, commands: ['solve', 'close'], survey: true, liveChat: true },
  ),
  email: scenario(
    { message: 3, command: 2, leave: 1 },
    { rows: 1, commands: ['solve', 'close'], email: true },
  ),
  claims: scenario({ message: 2, reject: 1, leave: 1 }, { customers: 2, agents: two, offer: true }),
  races: scenario(
    { message: 1, reject: 1, take: 1, time: 2, leave: 1, login: 1 },
    { rows: 1, agents: two, offer: true },
  ),
  login: scenario(
    { message: 2, login: 1, leave: 1, command: 1 },
    { customers: 2, agents: [{ capacity: 2, in: false }], commands: ['close'] },
  ),
  supervisor: scenario(
    { message: 1, command: 2, leave: 1, login: 1 },
    {
      rows: 1,
      agents: two,
      commands: ['transferToAgent', 'transferToQueue', 'release', 'setWaiting'],
    },
  ),
  deadlines: scenario(
    { message: 2, command: 1, time: 3, early: 1 },
    { commands: ['solve'], firstResponse: true, idle: true, offer: true },
  ),
  faults: scenario(
    { message: 2, command: 1, time: 1, stall: 1, repeat: 1 },
    { rows: 1, commands: ['solve', 'setWaiting'], offer: true },
  ),
  store: scenario(
    { message: 2, command: 1, time: 1, lose: 1, stall: 1 },
    { rows: 1, commands: ['solve', 'setWaiting'], offer: true },
  ),
  stalled: scenario({ message: 1, reject: 2, time: 3, stall: 1 }, { rows: 1, offer: true }),
  byHand: scenario(
    { message: 2, command: 1, byHand: 2, anew: 1, stall: 1 },
    { rows: 1, commands: ['solve'], byHand: ['close', 'resume'] },
  ),
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

/** Rule -> what it says, and the scenario in which leaving it out is seen. */
export const RULES = {
  messageUnseen: {
    says: 'a person cannot solve, close or set waiting behind a message not seen yet',
    seenIn: 'messages',
  },
  behindPending: {
    says: 'a message behind an undecided command gives a customerMessage',
    seenIn: 'moving',
  },
  commandsFirst: {
    says: 'what people asked for is decided before a deadline that has passed',
    seenIn: 'messages',
  },
  messagesCompared: {
    says: 'a decision of a timer or the system is void once a message has come',
    seenIn: 'deadlines',
  },
  moveIsIn: { says: 'moving messages is In on the target', seenIn: 'moving' },
  moveTellsUnloaded: {
    says: 'a target that was never loaded is told like any other',
    seenIn: 'moving',
  },
  nothingToMove: { says: 'with nothing to move no conversation begins', seenIn: 'moving' },
  supersededMoves: {
    says: 'a message decided on a superseded conversation moves, and closes it',
    seenIn: 'superseding',
  },
  supersededBehind: {
    says: 'a decision that reopens is void once the row is superseded',
    seenIn: 'superseding',
  },
  targetIsLive: {
    says: 'messages move to the live conversation, not to one that has closed meanwhile',
    seenIn: 'superseding',
  },
  answerReplaces: {
    says: 'an answer replaces the memory of commands',
    seenIn: 'faults',
  },
  roundEnds: { says: 'who stands in line with exclusions has a round end', seenIn: 'claims' },
  handOutRepeats: {
    says: 'an agent’s hand-out repeats until nothing was given',
    seenIn: 'login',
  },
  overdueRings: { says: 'the relay rings rows with an overdue deadline', seenIn: 'stalled' },
  stillAbsent: {
    says: 'a release for absence is refused once the agent is back',
    seenIn: 'supervisor',
  },
  signalsKeyed: {
    says: 'a signal by hand becomes one row, however often loaded',
    seenIn: 'byHand',
  },
  countCarried: {
    says: 'continue-as-new carries the count of the signals by hand',
    seenIn: 'byHand',
  },
  leavesWhenIdle: {
    says: 'a run leaves only with nothing pending and no call running',
    seenIn: 'byHand',
  },
} satisfies Record<string, { says: string; seenIn: ScenarioName }>;

export type Rule = keyof typeof RULES;
