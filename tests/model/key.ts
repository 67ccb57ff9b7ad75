/** Two states with the same key have the same future. */
import {
  CLOSED,
  NONE,
  SOLVED,
  type Call,
  type Copy,
  type Row,
  type Signal,
  type State,
} from './state';

/** Ranks numbers anew wherever only their order counts, then writes the state as a string. */
export function keyOf(s: State): string {
  const ranks = rank(s.rows.map((row) => row.since));
  let key = '';
  s.rows.forEach((row, id) => {
    row.since = ranks(row.since);
    const late = s.late.filter((call) => call.row === id);
    if (row.status === CLOSED && !row.workflow && row.commands.length === 0) forget(row, s);
    rankMessages(row, late);
    shiftCommands(row, late);
    key += row.status === NONE ? '|' : `${rowKey(row)}|`;
  });
  const calls = s.late.map((call) => `${call.row}${callKey(call)}`).sort();
  const budget = Object.values(s.budget).join();
  return `${key}${s.agents.join('')}${s.handOuts.join('')}${s.reconcile}${calls.join()}/${budget}/${s.sent.join()}${s.fault ?? ''}`;
}

/** Zero stays zero: it means that the number does not count. */
function rank(values: readonly number[]): (value: number) => number {
  const order = [...new Set(values.filter((value) => value > 0))].sort((x, y) => x - y);
  return (value) => (value > 0 ? 1 + order.indexOf(value) : 0);
}

/** Of a closed conversation that has come to its end only the end counts. */
function forget(row: Row, s: State): void {
  row.since = 0;
  if (s.late.length > 0) return;
  row.covered = Math.max(row.covered, row.owed ? 0 : row.lastIn);
}

function rankMessages(row: Row, late: Copy[]): void {
  if (row.status < SOLVED) row.covered = 0;
  const copies: Copy[] = row.workflow ? [row.workflow, ...late] : [...late];
  if (row.workflow?.call) copies.push(row.workflow.call);
  const values = [row.lastIn, row.covered, ...row.commands.map((c) => c.afterSeq)];
  const ranks = rank([...values, ...copies.map((copy) => copy.lastIn)]);
  row.lastIn = ranks(row.lastIn);
  row.covered = ranks(row.covered);
  for (const command of row.commands) command.afterSeq = ranks(command.afterSeq);
  for (const copy of copies) copy.lastIn = ranks(copy.lastIn);
}

/** Numbers of commands count from the lowest that anybody still speaks of. */
function shiftCommands(row: Row, late: Call[]): void {
  const { workflow } = row;
  const calls = workflow?.call ? [workflow.call, ...late] : late;
  const base = Math.min(
    row.next - 1,
    ...row.commands.map((command) => command.number - 1),
    ...(workflow ? [workflow.known, ...workflow.pending.map((n) => n - 1)] : []),
    ...(workflow ? workflow.asked.map((n) => n - 1) : []),
    ...calls.filter((call) => call.command > 0).map((call) => call.command - 1),
  );
  if (base <= 0) return;
  row.next -= base;
  row.commands = row.commands.map((command) => ({ ...command, number: command.number - base }));
  for (const call of calls) if (call.command > 0) call.command -= base;
  if (!workflow) return;
  workflow.known -= base;
  workflow.pending = workflow.pending.map((n) => n - base);
  workflow.asked = workflow.asked.map((n) => n - base);
}

const copyKey = (c: Copy): string => `${c.fresh}${c.quiet}${c.superseded},${c.lastIn}`;

function callKey(call: Call): string {
  return `${call.kind === 'load' ? 'L' : 'P'}${copyKey(call)},${call.command},${call.deadline},${signalsKey(call.taken)}`;
}

const signalsKey = (signals: readonly Signal[]): string =>
  signals.map(({ id, name, key }) => `${id}${name}@${key}`).join('+');

function rowKey(row: Row): string {
  const { workflow: w, commands, adopted, ...plain } = row;
  let key = Object.values(plain).join();
  for (const c of commands) {
    key += `;${c.number}${c.name}${c.afterSeq},${c.holds}${c.absent}${c.target}`;
  }
  key += signalsKey(adopted);
  if (!w) return key;
  key += `/${copyKey(w)},${w.pending.join('.')},${w.asked.join('.')},${w.known},${w.stale}${w.claimed}`;
  return `${key},${signalsKey(w.rowless)},${w.run}.${w.count},${w.timers}${w.call ? callKey(w.call) : ''}`;
}
