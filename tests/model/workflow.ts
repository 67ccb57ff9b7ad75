/** The workflow's memory, as workflows/conversation.ts and rings.ts keep it: signals, calls, what an answer leaves. */
import type { Model } from './rules';
import { adoptSignals, markSeen, project } from './transactions';
import {
  CLOSED,
  DEADLINES,
  OPEN,
  SOLVED,
  at,
  type Call,
  type Name,
  type Row,
  type State,
  type Workflow,
} from './state';

const NO_COPY = { fresh: 0, quiet: 0, superseded: 0, lastIn: 0 };

/** Signal-With-Start where none runs: a run's first act is a load. Runs are told apart only by the keys they made. */
function start(row: Row): Workflow {
  const runs = row.adopted.map((signal) => Number(signal.key.split('/')[0]));
  const workflow: Workflow = {
    ...NO_COPY,
    call: null,
    pending: [],
    asked: [],
    known: 0,
    stale: 0,
    claimed: 0,
    rowless: [],
    run: 1 + Math.max(0, ...runs),
    count: 0,
    timers: 0,
  };
  row.workflow = workflow;
  load(workflow);
  return workflow;
}

function load(w: Workflow): void {
  w.call = { ...NO_COPY, kind: 'load', command: 0, deadline: 0, taken: w.rowless };
  Object.assign(w, { asked: w.pending, stale: 0, claimed: 0, rowless: [] });
}

const mustLoad = (w: Workflow): boolean => w.stale + w.claimed + w.rowless.length > 0;

function beginProjection(w: Workflow, command: number, deadline: number): void {
  const { fresh, quiet, superseded, lastIn } = w;
  const copy = { fresh, quiet, superseded, lastIn };
  w.call = { ...copy, kind: 'project', command, deadline, taken: [] };
  w.asked = w.pending;
}

/** What the loop does next. `due` are the deadlines that had passed when the copy was made. */
function goOn(m: Model, row: Row, due: number): void {
  const w = row.workflow;
  if (!w || w.call) return;
  if (mustLoad(w)) {
    load(w);
    return;
  }
  const command = w.pending[0] ?? 0;
  const deadline = DEADLINES.find((name) => due & name) ?? 0;
  if (command && (!deadline || m.has('commandsFirst'))) beginProjection(w, command, 0);
  else if (deadline) beginProjection(w, 0, deadline);
  else if (row.status === CLOSED) row.workflow = null;
}

function adopt(m: Model, row: Row): void {
  const w = row.workflow;
  if (!w) return;
  const stored = row.commands.map((command) => command.number);
  const highest = row.next - 1;
  const during = w.pending.filter((n) => !w.asked.includes(n) && n > highest);
  const kept = m.has('answerReplaces') ? during : w.pending.filter((n) => !stored.includes(n));
  w.pending = [...stored, ...kept].sort((x, y) => x - y);
  Object.assign(w, { known: highest, call: null, asked: [], claimed: 0, timers: row.deadlines });
  const superseded = row.supersededBy >= 0 ? 1 : 0;
  Object.assign(w, { fresh: 1, quiet: 1, superseded, lastIn: row.lastIn });
  goOn(m, row, row.deadlines & row.passed);
}

/** The call's transaction commits and its answer is adopted. False where the transaction cannot be made. */
export function answerCall(m: Model, s: State, id: number): boolean {
  const row = at(s, id);
  const call = row.workflow?.call;
  if (!call) return false;
  if (call.kind === 'load') adoptSignals(m, s, id, call.taken);
  else if (project(m, s, id, call) === null) return false;
  markSeen(row);
  row.unheard = 0;
  adopt(m, row);
  return true;
}

/** A stalled worker's call commits after all; nobody hears the answer. */
export function answerLate(m: Model, s: State, index: number): boolean {
  const [call] = s.late.splice(index, 1);
  if (!call) return false;
  const row = at(s, call.row);
  if (!row.seen || !row.loaded) row.unheard = 1;
  if (call.kind === 'load') adoptSignals(m, s, call.row, call.taken);
  else if (project(m, s, call.row, call) === null) return false;
  markSeen(row);
  return true;
}

/** The signal of a command arrives. A workflow that does not run is started by it. */
export function signalCommand(m: Model, row: Row, number: number): void {
  const w = row.workflow ?? start(row);
  if (number <= w.known) return;
  if (number !== w.known + 1) {
    w.stale = 1;
  } else {
    w.known = number;
    w.pending = [...w.pending, number];
  }
  goOn(m, row, 0);
}

/** A ring that makes it load: `check`, the timer, a signal out of order. */
export function check(m: Model, row: Row): void {
  if (!row.workflow) {
    start(row);
    return;
  }
  row.workflow.stale = 1;
  goOn(m, row, 0);
}

/** The signal of a claim newer than the copy; an answer that comes meanwhile covers it. */
export function signalClaim(m: Model, row: Row): void {
  if (!row.workflow) {
    start(row);
    return;
  }
  row.workflow.claimed = 1;
  goOn(m, row, 0);
}

export function signalByHand(m: Model, s: State, row: Row, name: Name): void {
  const w = row.workflow;
  if (!w) return;
  const id = 1 + s.sent.length;
  s.sent.push(id);
  w.rowless = [...w.rowless, { id, name, key: `${w.run}/${++w.count}` }];
  goOn(m, row, 0);
}

/** The run ends and the next one takes over what is carried. False where the loop would not leave now. */
export function continueAsNew(m: Model, row: Row): boolean {
  const w = row.workflow;
  if (!w) return false;
  const idle = !w.call && !mustLoad(w) && w.pending.length === 0;
  if (!idle && m.has('leavesWhenIdle')) return false;
  if (!m.has('countCarried')) w.count = 0;
  Object.assign(w, { call: null, pending: [], asked: [], stale: 0, claimed: 0, rowless: [] });
  return true;
}

/** All workflows are gone, and with them the signals by hand that were not yet loaded. */
export function loseStore(s: State, calls: 'lost' | 'late'): void {
  s.reconcile = 1;
  s.rows.forEach((row, id) => {
    const { workflow } = row;
    if (!workflow) return;
    const gone = [...workflow.rowless, ...(workflow.call?.taken ?? [])].map((signal) => signal.id);
    s.sent = s.sent.filter((sent) => !gone.includes(sent));
    if (workflow.call && calls === 'late') s.late.push(lateCall(workflow.call, id));
    row.workflow = null;
  });
}

export const lateCall = (call: Call, row: number): Call & { row: number } => ({ ...call, row });

/** Reconcile starts the workflow of every live conversation; one that runs is left alone. */
export function reconcile(s: State): void {
  s.reconcile = 0;
  for (const row of s.rows) {
    if (row.status >= OPEN && row.status <= SOLVED && !row.workflow) start(row);
  }
}
