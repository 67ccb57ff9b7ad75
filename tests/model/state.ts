/**
 * What the model knows of the world. Versions and claim numbers are only ever compared with the row's own, so a held
 * copy is one bit (`fresh`), and message numbers are ranked anew in every state: that keeps the states finite.
 */
import type { Scenario } from './scenarios';

export const NONE = 0, OPEN = 1, WAITING = 2, SOLVED = 3, CLOSED = 4; // prettier-ignore
export const QUEUED = 1, OFFERED = 2, ASSIGNED = 3; // prettier-ignore
/** Deadlines are bits, in the order in which the model acts on several that have passed. */
export const OFFER = 1, ROUND_END = 2, SNOOZE = 4, SURVEY = 8, CONFIRM = 16, FIRST_RESPONSE = 32, IDLE = 64; // prettier-ignore
export const DEADLINES = [OFFER, ROUND_END, SNOOZE, SURVEY, CONFIRM, FIRST_RESPONSE, IDLE];
export const DEADLINE_NAMES: Readonly<Record<number, string>> = {
  [OFFER]: 'offer',
  [ROUND_END]: 'round end',
  [SNOOZE]: 'snooze',
  [SURVEY]: 'survey',
  [CONFIRM]: 'confirmation',
  [FIRST_RESPONSE]: 'first response',
  [IDLE]: 'idle',
};
export const NOBODY = -1;

export type Name =
  | 'customerMessage'
  | 'solve'
  | 'close'
  | 'setWaiting'
  | 'resume'
  | 'transferToQueue'
  | 'transferToAgent'
  | 'release'
  | 'surveyAnswered'
  | 'surveySkipped';

export interface Command {
  readonly number: number;
  readonly name: Name;
  afterSeq: number;
  /** A release by the system: its agent, and whether the claim and the absence that it names still hold. */
  readonly absent: number;
  holds: number;
  /** Agent of a transfer. */
  readonly target: number;
}

/** A signal sent by hand, without a row. `id` is the model's own name for it. */
export interface Signal {
  readonly id: number;
  readonly key: string;
  readonly name: Name;
}

/** The stored row that somebody decided on: a workflow, or a stalled worker whose call is still on its way. */
export interface Copy {
  /** Whether version and claim number are still the row's. */
  fresh: number;
  /** Whether no message has come since. */
  quiet: number;
  superseded: number;
  lastIn: number;
}

export interface Call extends Copy {
  kind: 'load' | 'project';
  /** What a projection decides: a command by number, or a deadline. */
  command: number;
  deadline: number;
  /** Signals by hand that a load makes rows. */
  taken: Signal[];
}

export interface Workflow extends Copy {
  call: Call | null;
  pending: number[];
  /** What was pending when the call began. */
  asked: number[];
  known: number;
  stale: number;
  /** A claim newer than the copy was heard of. */
  claimed: number;
  rowless: Signal[];
  /** Number of the first run of this workflow, and how many signals by hand its runs have taken. */
  run: number;
  count: number;
  /** Deadlines of the copy, that is of the timer. */
  timers: number;
}

export interface Row {
  status: number;
  customer: number;
  survey: number;
  supersededBy: number;
  placement: number;
  owner: number;
  last: number;
  units: number;
  front: number;
  /** Rank of queuedSince, 0 where it does not count. */
  since: number;
  excluded: number;
  deadlines: number;
  passed: number;
  /** seenClaimNo = claimNo; loadedVersion > 0. */
  seen: number;
  loaded: number;
  lastIn: number;
  /** closedAfterSeq, or before it surveyAfterSeq. */
  covered: number;
  next: number;
  commands: Command[];
  /** Signals by hand that became rows or were refused. */
  adopted: Signal[];
  workflow: Workflow | null;
  /** For the promises only: a message that nobody looked at lies in a waiting, solved or closed conversation. */
  owed: number;
  /** For the promises only: holds a message at all. */
  written: number;
  /** For the promises only: a late load marked as seen what no workflow has heard of. */
  unheard: number;
}

export interface State {
  rows: Row[];
  /** Agents: 1 where logged in. */
  agents: number[];
  /** Rows of hand_out, as 'a0' or 'c1'. */
  handOuts: string[];
  /** Calls of stalled workers that may still reach Postgres. */
  late: (Call & { row: number })[];
  reconcile: number;
  /** Signals by hand that must not be lost. */
  sent: number[];
  budget: Record<string, number>;
  /** Something that must never happen has happened. */
  fault: string | null;
}

const emptyRow = (): Row => ({
  status: NONE,
  customer: 0,
  survey: 0,
  supersededBy: NOBODY,
  placement: NONE,
  owner: NOBODY,
  last: NOBODY,
  units: 0,
  front: 0,
  since: 0,
  excluded: 0,
  deadlines: 0,
  passed: 0,
  seen: 1,
  loaded: 1,
  lastIn: 0,
  covered: 0,
  next: 1,
  commands: [],
  adopted: [],
  workflow: null,
  owed: 0,
  written: 0,
  unheard: 0,
});

export function firstState(scenario: Scenario): State {
  return {
    rows: Array.from({ length: scenario.rows }, emptyRow),
    agents: scenario.agents.map((agent) => (agent.in ? 1 : 0)),
    handOuts: [],
    late: [],
    reconcile: 0,
    sent: [],
    budget: { ...scenario.budget },
    fault: null,
  };
}

const copyCall = <T extends Call>(call: T): T => ({ ...call, taken: [...call.taken] });

export function copyState(s: State): State {
  return {
    ...s,
    rows: s.rows.map((row) => ({
      ...row,
      commands: row.commands.map((command) => ({ ...command })),
      adopted: [...row.adopted],
      workflow: row.workflow && {
        ...row.workflow,
        call: row.workflow.call && copyCall(row.workflow.call),
      },
    })),
    agents: [...s.agents],
    handOuts: [...s.handOuts],
    late: s.late.map(copyCall),
    sent: [...s.sent],
    budget: { ...s.budget },
  };
}

/** The row of a step. There always is one: steps are made for rows that exist. */
export function at(s: State, id: number): Row {
  const row = s.rows[id];
  if (!row) throw new RangeError(`there is no conversation ${id}`);
  return row;
}

export function ask(s: State, who: string): void {
  if (s.handOuts.includes(who)) return;
  s.handOuts.push(who);
  s.handOuts.sort();
}
