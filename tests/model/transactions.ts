/** The transactions: In, Act, the claims, hand-out, load and projection. Each is one step. */
import {
  agentsOf,
  capacityOf,
  decideCommand,
  decideDeadline,
  excludes,
  isFree,
  isIn,
  latest,
  legal,
  liveOf,
  loadOf,
  opensSuperseded,
  toAgent,
  toLine,
  writeDeadlines,
  type Model,
} from './rules';
import {
  ASSIGNED,
  CLOSED,
  IDLE,
  NOBODY,
  NONE,
  OFFER,
  OFFERED,
  OPEN,
  QUEUED,
  SOLVED,
  WAITING,
  ask,
  at,
  type Call,
  type Command,
  type Copy,
  type Name,
  type Row,
  type Signal,
  type State,
} from './state';

/** Thrown where a step needs one more conversation than the scenario has: its future is not judged. */
export class BeyondScenario extends Error {}

/** Everybody who holds a copy of the row. */
function copiesOf(s: State, id: number): Copy[] {
  const { workflow } = at(s, id);
  const copies: Copy[] = s.late.filter((call) => call.row === id);
  if (workflow) copies.push(workflow, ...(workflow.call ? [workflow.call] : []));
  return copies;
}

const outdate = (s: State, id: number): void => {
  for (const copy of copiesOf(s, id)) copy.fresh = 0;
};

/** Raises the claim number: the workflow has not seen it, and releases that name the former one are void. */
function claimed(s: State, id: number): void {
  outdate(s, id);
  const row = at(s, id);
  row.seen = 0;
  for (const command of row.commands) if (command.absent !== NOBODY) command.holds = 0;
}

function write(row: Row, name: Name, more: Partial<Command> = {}): void {
  const number = row.next++;
  const plain = { number, name, afterSeq: row.lastIn, holds: 1, absent: NOBODY, target: NOBODY };
  row.commands.push({ ...plain, ...more });
}

function create(m: Model, s: State, customer: number): number {
  const id = s.rows.findIndex((row) => row.status === NONE);
  const row = s.rows[id];
  if (!row) throw new BeyondScenario();
  Object.assign(row, { status: OPEN, customer, placement: QUEUED, since: latest(s) });
  Object.assign(row, { loaded: 0, lastIn: 1, written: 1 });
  writeDeadlines(m, s, row);
  ask(s, `c${id}`);
  return id;
}

/** In on a conversation that exists. Moving is the same, but for what the left-out rules spoil. */
function arrive(m: Model, s: State, id: number, moved: boolean): void {
  const row = at(s, id);
  const pending = row.commands.length > 0 && m.has('behindPending');
  row.lastIn++;
  row.written = 1;
  for (const copy of copiesOf(s, id)) copy.quiet = 0;
  row.passed &= ~IDLE;
  if (row.status >= WAITING) row.owed = 1;
  if (moved && !m.has('moveIsIn')) return;
  if (moved && !m.has('moveTellsUnloaded') && row.loaded === 0) return;
  if (row.status >= WAITING || pending) write(row, 'customerMessage');
}

export function receive(m: Model, s: State, customer: number): void {
  const { email, liveChat } = m.scenario;
  const id = liveOf(s, customer);
  const row = s.rows[id];
  if (!row) {
    const closed = s.rows.findIndex((r) => r.customer === customer && r.status === CLOSED);
    if (email && closed !== -1) arrive(m, s, closed, false);
    else create(m, s, customer);
  } else if (liveChat && row.status === SOLVED && row.survey) {
    // During a survey only `new` is taken as a message: it supersedes.
    row.supersededBy = create(m, s, customer);
    write(row, 'surveySkipped');
  } else {
    arrive(m, s, id, false);
  }
}

const NEEDS_EYES: readonly Name[] = ['solve', 'close', 'setWaiting'];

/** A person's command. `behind` gives one whose giver has not seen the last message; false where that is refused. */
export function give(m: Model, row: Row, name: Name, behind: boolean, target = NOBODY): boolean {
  if (!legal(row, name)) return false;
  if (behind && (m.has('messageUnseen') || !NEEDS_EYES.includes(name) || row.lastIn < 2)) {
    return false;
  }
  write(row, name, { target, afterSeq: row.lastIn - (behind ? 1 : 0) });
  return true;
}

export const giveRelease = (row: Row): void => write(row, 'release', { absent: row.owner });

/** Messages above what is covered go to the live conversation, or begin one. */
function move(m: Model, s: State, id: number, target: number): void {
  const from = at(s, id);
  const any = from.lastIn > from.covered;
  if (!any && m.has('nothingToMove')) return;
  const to = target === NOBODY ? create(m, s, from.customer) : target;
  if (target === NOBODY) at(s, to).written = any ? 1 : 0;
  else arrive(m, s, to, true);
  from.covered = from.lastIn;
  from.owed = 0;
}

// --- claims

export function backToLine(m: Model, s: State, id: number, exclude: boolean): void {
  const row = at(s, id);
  if (exclude) row.excluded |= 1 << row.owner;
  toLine(s, id, row.front === 1);
  writeDeadlines(m, s, row);
  claimed(s, id);
}

export function assign(m: Model, s: State, id: number, agent: number): void {
  toAgent(s, id, agent);
  writeDeadlines(m, s, at(s, id));
  claimed(s, id);
}

/** Gives an agent the first of the line. False where there is nothing to give, or no room. */
export function handOut(m: Model, s: State, agent: number): boolean {
  const line = s.rows
    .map((row, id) => ({ row, id }))
    .filter(({ row }) => row.status === OPEN && row.placement === QUEUED && !excludes(row, agent))
    .sort((x, y) => y.row.front - x.row.front || x.row.since - y.row.since);
  const first = line[0];
  if (!first || !isFree(m, s, agent)) return false;
  if (m.scenario.offer) {
    Object.assign(first.row, { placement: OFFERED, owner: agent, units: 1 });
    writeDeadlines(m, s, first.row);
    claimed(s, first.id);
  } else {
    assign(m, s, first.id, agent);
  }
  if (loadOf(s, agent) > capacityOf(m, agent)) s.fault = 'automatic assignment over capacity';
  return true;
}

export const candidates = (m: Model, s: State, row: Row): number[] =>
  row.status === OPEN && row.placement === QUEUED
    ? agentsOf(s).filter((agent) => isFree(m, s, agent) && !excludes(row, agent))
    : [];

export function leave(m: Model, s: State, agent: number): void {
  s.agents[agent] = 0;
  s.rows.forEach((row, id) => {
    if (row.placement === OFFERED && row.owner === agent) backToLine(m, s, id, false);
  });
}

/** Back, or in for the first time. A release that names an absence which is over no longer holds. */
export function comeIn(m: Model, s: State, agent: number): void {
  s.agents[agent] = 1;
  ask(s, `a${agent}`);
  if (!m.has('stillAbsent')) return;
  for (const row of s.rows) {
    for (const command of row.commands) if (command.absent === agent) command.holds = 0;
  }
}

// --- what the workflow calls

/** Makes signals by hand rows, each once. What a table refuses is adopted too: the timeline says why. */
export function adoptSignals(m: Model, s: State, id: number, taken: readonly Signal[]): void {
  const row = at(s, id);
  for (const signal of taken) {
    const before = row.adopted.find((other) => other.key === signal.key);
    if (before && before.id !== signal.id) s.fault = 'a signal by hand is taken for another';
    if (before && m.has('signalsKeyed')) continue;
    if (before) s.fault = 'a signal by hand becomes two commands';
    row.adopted.push(signal);
    if (legal(row, signal.name)) write(row, signal.name);
  }
}

/** Marks claim and version as seen by the workflow. */
export function markSeen(row: Row): void {
  row.seen = 1;
  row.loaded = 1;
}

/**
 * The projection: compares, decides, writes. False where it is BEHIND, null where the transaction cannot be made and
 * is tried for ever.
 */
export function project(m: Model, s: State, id: number, call: Call): boolean | null {
  const row = at(s, id);
  const given = row.commands.find((command) => command.number === call.command);
  if (!call.fresh || (call.command > 0 && !given)) return false;
  const unattended = !given || given.absent !== NOBODY;
  if (unattended && !call.quiet && m.has('messagesCompared')) return false;
  if (!given && row.commands.length > 0 && m.has('commandsFirst')) return false;
  if (!given) {
    if (call.deadline === OFFER) lapse(m, s, id);
    else decideDeadline(m, s, id, call);
    if (call.deadline !== OFFER) outdate(s, id);
    return true;
  }
  if (m.has('supersededBehind') && opensSuperseded(m, row, call, given.name)) return false;
  row.commands = row.commands.filter((command) => command !== given);
  const target = m.has('targetIsLive') ? liveOf(s, row.customer) : targetByName(s, row);
  const outcome = decideCommand(m, s, id, call, given);
  if (outcome.moves) {
    const closed = target !== NOBODY && at(s, target).status === CLOSED;
    if (closed && row.lastIn > row.covered) return null;
    move(m, s, id, target === id ? NOBODY : target);
  }
  if (outcome.changes) outdate(s, id);
  return true;
}

const targetByName = (s: State, row: Row): number =>
  row.supersededBy !== NOBODY ? row.supersededBy : liveOf(s, row.customer);

/** Ends an offer whose time is over, by the workflow or by the watcher. */
export function lapse(m: Model, s: State, id: number): void {
  const row = at(s, id);
  if (row.placement === OFFERED && row.passed & OFFER) backToLine(m, s, id, true);
}

export const mayAccept = (s: State, row: Row): boolean =>
  row.placement === OFFERED && isIn(s, row.owner) && !(row.passed & OFFER);
export const isOwnedByAbsent = (s: State, row: Row): boolean =>
  row.placement === ASSIGNED && row.status < SOLVED && !isIn(s, row.owner);
