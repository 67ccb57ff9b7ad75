/** What must hold in every state, and where the machinery has nothing left to do. */
import { agentsOf, excludes, isFree, isIn, type Model } from './rules';
import { isOwnedByAbsent } from './transactions';
import {
  ASSIGNED,
  CLOSED,
  NOBODY,
  NONE,
  OFFERED,
  OPEN,
  QUEUED,
  ROUND_END,
  SOLVED,
  WAITING,
  type Row,
  type State,
} from './state';

/** Why this state must never be, or null. */
export function always(m: Model, s: State): string | null {
  if (s.fault) return s.fault;
  for (const [id, row] of s.rows.entries()) {
    const broken = brokenRow(row);
    if (broken) return `conversation ${id}: ${broken}`;
  }
  for (let customer = 1; customer <= m.scenario.customers; customer++) {
    const live = s.rows.filter(
      (row) =>
        row.customer === customer &&
        row.status >= OPEN &&
        row.status <= SOLVED &&
        row.supersededBy === NOBODY,
    );
    if (live.length > 1) return `customer ${customer} has ${live.length} live conversations`;
  }
  return null;
}

function brokenRow(row: Row): string | null {
  const live = row.status === OPEN || row.status === WAITING;
  const held = row.placement === OFFERED || (row.placement === ASSIGNED && live);
  if (held && row.owner === NOBODY) return 'held by nobody';
  if (row.units !== (held ? 1 : 0)) return `units ${row.units} do not follow from its state`;
  if (row.status === CLOSED && (row.placement || row.deadlines)) {
    return 'closed, with a place or a deadline';
  }
  return row.placement === QUEUED && row.owner !== NOBODY ? 'in line and owned' : null;
}

const STATUS = ['', 'open', 'waiting', 'solved', 'closed'];

/** Why the machinery must not rest here, or null. */
export function atRest(m: Model, s: State): string | null {
  for (const [id, row] of s.rows.entries()) {
    const why = row.status === NONE ? null : (unfinished(s, row) ?? leftInLine(m, s, row));
    if (why) return `conversation ${id}: ${why}`;
  }
  const adopted = s.rows.flatMap((row) => row.adopted.map((signal) => signal.id));
  return s.sent.every((id) => adopted.includes(id)) ? null : 'a signal by hand is lost';
}

function unfinished(s: State, row: Row): string | null {
  if (row.commands.length > 0) return 'a command has no outcome';
  if (row.owed) return `${STATUS[row.status]}, with a message that nobody has looked at`;
  if (row.supersededBy !== NOBODY && row.status !== CLOSED) {
    return `superseded but still ${STATUS[row.status]}`;
  }
  if (!row.written) return 'a conversation without a message';
  if (row.deadlines & row.passed) return 'an overdue deadline that nobody handles';
  if (isOwnedByAbsent(s, row)) return 'owned by an absent agent';
  if (row.status === CLOSED || row.unheard) return null;
  if (!row.workflow) return 'live without a workflow';
  if (!row.workflow.fresh) return 'the workflow’s state is not the row’s';
  return row.deadlines & ~row.workflow.timers ? 'a deadline without a timer' : null;
}

function leftInLine(m: Model, s: State, row: Row): string | null {
  if (row.status !== OPEN || row.placement !== QUEUED) return null;
  for (const agent of agentsOf(s)) {
    if (!isFree(m, s, agent) || !isIn(s, agent)) continue;
    if (!excludes(row, agent)) return `in line while agent ${agent} is free`;
    if (!(row.deadlines & ROUND_END)) return `in line, free agent ${agent} excluded, no round end`;
  }
  return null;
}
