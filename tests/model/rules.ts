/** What follows from a state, as core/conversation has it: which deadlines run, who gets a conversation back, what ends. */
import type { Rule, Scenario } from './scenarios';
import {
  ASSIGNED,
  CLOSED,
  CONFIRM,
  FIRST_RESPONSE,
  IDLE,
  NOBODY,
  NONE,
  OFFER,
  OFFERED,
  OPEN,
  QUEUED,
  ROUND_END,
  SNOOZE,
  SOLVED,
  SURVEY,
  WAITING,
  ask,
  at,
  type Call,
  type Command,
  type Name,
  type Row,
  type State,
} from './state';

export interface Model {
  readonly scenario: Scenario;
  /** Whether the rule holds in this search. */
  has(rule: Rule): boolean;
}

export const agentsOf = (s: State): number[] => s.agents.map((_, agent) => agent);
export const isIn = (s: State, agent: number): boolean => s.agents[agent] === 1;
export const loadOf = (s: State, agent: number): number =>
  s.rows.reduce((sum, row) => sum + (row.owner === agent ? row.units : 0), 0);
export const capacityOf = (m: Model, agent: number): number =>
  m.scenario.agents[agent]?.capacity ?? 0;
export const isFree = (m: Model, s: State, agent: number): boolean =>
  isIn(s, agent) && loadOf(s, agent) < capacityOf(m, agent);
export const excludes = (row: Row, agent: number): boolean => ((row.excluded >> agent) & 1) === 1;
export const latest = (s: State): number => 1 + Math.max(0, ...s.rows.map((row) => row.since));

/** The customer's one live conversation, or NOBODY. */
export const liveOf = (s: State, customer: number): number =>
  s.rows.findIndex(
    (row) =>
      row.customer === customer &&
      row.status >= OPEN &&
      row.status <= SOLVED &&
      row.supersededBy === NOBODY,
  );

/** The table: may this be done in this state? Who may do it is left out. */
export function legal(row: Row, name: Name): boolean {
  const live = row.status === OPEN || row.status === WAITING;
  switch (name) {
    case 'customerMessage':
      return true;
    case 'solve':
    case 'transferToQueue':
    case 'transferToAgent':
      return live;
    case 'close':
      return live || row.status === SOLVED;
    case 'setWaiting':
      return row.status === OPEN && row.placement === ASSIGNED;
    case 'resume':
      return row.status === WAITING;
    case 'release':
      return live && row.placement === ASSIGNED;
    case 'surveyAnswered':
    case 'surveySkipped':
      return row.status === SOLVED && row.survey === 1;
  }
}

/** The pure function of deadlines that claims and projections share. */
export function writeDeadlines(m: Model, s: State, row: Row): void {
  const before = row.deadlines;
  const { status, placement } = row;
  let now = 0;
  if (status === OPEN && placement === OFFERED) now |= OFFER;
  if (status === OPEN && placement === QUEUED && row.excluded > 0) {
    const left = agentsOf(s).some((agent) => isFree(m, s, agent) && !excludes(row, agent));
    if (m.has('roundEnds') || before & ROUND_END || !left) now |= ROUND_END;
  }
  if (status === OPEN && placement === ASSIGNED) {
    if (m.scenario.firstResponse) now |= FIRST_RESPONSE;
    if (m.scenario.idle) now |= IDLE;
  }
  if (status === WAITING) now |= SNOOZE;
  if (status === SOLVED) now |= row.survey ? SURVEY : CONFIRM;
  row.deadlines = now;
  row.passed &= now & before;
}

const unitsFreed = (s: State, row: Row): void => {
  if (row.owner !== NOBODY && row.units > 0) ask(s, `a${row.owner}`);
};

export function toLine(s: State, id: number, front: boolean): void {
  const row = at(s, id);
  unitsFreed(s, row);
  Object.assign(row, { placement: QUEUED, owner: NOBODY, units: 0, front: front ? 1 : 0 });
  if (row.since === 0) row.since = latest(s);
  if (row.status === OPEN) ask(s, `c${id}`);
}

export function toAgent(s: State, id: number, agent: number): void {
  const row = at(s, id);
  if (row.owner !== agent) unitsFreed(s, row);
  const cleared = { excluded: 0, front: 0, since: 0 };
  Object.assign(row, { placement: ASSIGNED, owner: agent, last: agent, units: 1, ...cleared });
}

/** Open again: to the same agent if logged in, beyond capacity if need be; else first in line. */
function reopen(s: State, id: number): void {
  const row = at(s, id);
  const released = row.status === WAITING && row.placement === QUEUED;
  const agent = row.placement === ASSIGNED ? row.owner : row.last;
  Object.assign(row, { status: OPEN, survey: 0, owed: 0, excluded: 0 });
  if (agent !== NOBODY && !released && isIn(s, agent)) toAgent(s, id, agent);
  else toLine(s, id, true);
}

/** `covered` is the last message that the closing covers. */
function close(s: State, row: Row, covered: number, owed: number): void {
  unitsFreed(s, row);
  const gone = { placement: NONE, owner: NOBODY, units: 0, survey: 0, front: 0, excluded: 0 };
  Object.assign(row, { ...gone, status: CLOSED, since: 0, covered, owed });
}

export interface Outcome {
  /** Whether the version is raised; not so where the command is refused or has no effect. */
  readonly changes: boolean;
  /** Messages above what is covered are to be moved. */
  readonly moves: boolean;
}

const REFUSED: Outcome = { changes: false, moves: false };

/** Whether a command, decided on this copy, opens the conversation again or moves its messages. */
function meaningOf(m: Model, row: Row, call: Call): 'reopen' | 'moveAndClose' | 'move' | 'nothing' {
  const old = call.superseded === 1 && m.has('supersededMoves');
  if (row.status === WAITING) return 'reopen';
  if (row.status === SOLVED) return old ? 'moveAndClose' : 'reopen';
  if (row.status !== CLOSED) return 'nothing';
  const fresh = call.lastIn > row.covered;
  if (m.scenario.email && fresh) return 'reopen';
  return fresh || !m.has('nothingToMove') ? 'move' : 'nothing';
}

export const opensSuperseded = (m: Model, row: Row, call: Call, name: Name): boolean =>
  row.supersededBy !== NOBODY && name === 'customerMessage' && meaningOf(m, row, call) === 'reopen';

/** Decides a command on the copy and writes what follows. */
export function decideCommand(m: Model, s: State, id: number, call: Call, given: Command): Outcome {
  const row = at(s, id);
  if (!legal(row, given.name)) return REFUSED;
  const unseen = row.lastIn > given.afterSeq ? 1 : 0;
  switch (given.name) {
    case 'solve':
      unitsFreed(s, row);
      row.units = 0;
      if (row.placement !== ASSIGNED) Object.assign(row, { placement: NONE, owner: NOBODY });
      Object.assign(row, { status: SOLVED, survey: m.scenario.survey ? 1 : 0, owed: unseen });
      Object.assign(row, { covered: given.afterSeq, front: 0, excluded: 0 });
      break;
    case 'close':
      close(s, row, given.afterSeq, unseen);
      break;
    case 'surveyAnswered':
    case 'surveySkipped':
      close(s, row, row.supersededBy === NOBODY ? given.afterSeq : row.covered, row.owed);
      break;
    case 'setWaiting':
      Object.assign(row, { status: WAITING, owed: unseen });
      break;
    case 'resume':
      reopen(s, id);
      break;
    case 'transferToQueue':
      Object.assign(row, { status: OPEN, owed: 0, excluded: 0, since: latest(s) });
      toLine(s, id, false);
      break;
    case 'transferToAgent':
      if (row.placement === ASSIGNED && row.owner === given.target) return REFUSED;
      if (!isIn(s, given.target)) return REFUSED;
      Object.assign(row, { status: OPEN, owed: 0 });
      toAgent(s, id, given.target);
      break;
    case 'release':
      if (given.absent !== NOBODY && !(given.holds && row.owner === given.absent)) {
        return REFUSED;
      }
      if (given.absent !== NOBODY && isIn(s, given.absent)) {
        s.fault = `conversation ${id} is taken from an agent who is back`;
      }
      row.excluded = 0;
      toLine(s, id, true);
      break;
    case 'customerMessage': {
      const meaning = meaningOf(m, row, call);
      if (meaning === 'reopen') reopen(s, id);
      if (meaning === 'moveAndClose') close(s, row, row.covered, row.owed);
      writeDeadlines(m, s, row);
      const moves = meaning === 'move' || meaning === 'moveAndClose';
      return { changes: meaning !== 'nothing', moves };
    }
  }
  writeDeadlines(m, s, row);
  return { changes: true, moves: false };
}

/** Decides a deadline that has passed. An offer's end is a claim and not decided here. */
export function decideDeadline(m: Model, s: State, id: number, call: Call): void {
  const row = at(s, id);
  switch (call.deadline) {
    case ROUND_END:
      row.excluded = 0;
      ask(s, `c${id}`);
      break;
    case SNOOZE:
      reopen(s, id);
      break;
    case SURVEY:
    case CONFIRM:
      close(s, row, row.supersededBy === NOBODY ? row.lastIn : row.covered, row.owed);
      break;
    case IDLE:
      close(s, row, row.lastIn, call.quiet ? 0 : 1);
      break;
    case FIRST_RESPONSE:
      row.excluded = 0;
      toLine(s, id, true);
      break;
  }
  writeDeadlines(m, s, row);
}
