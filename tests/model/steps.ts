/** All that can happen next: people and faults as far as the budget goes, the machinery always. */
import { agentsOf, isFree, isIn, type Model } from './rules';
import * as tx from './transactions';
import * as wf from './workflow';
import {
  DEADLINE_NAMES,
  DEADLINES,
  NOBODY,
  NONE,
  OFFER,
  OFFERED,
  OPEN,
  QUEUED,
  at,
  copyState,
  type Name,
  type Row,
  type State,
} from './state';

export interface Step {
  readonly label: string;
  /** Whether the machinery does it by itself if nothing else happens. */
  readonly own: boolean;
  readonly state: State;
}

export interface Steps {
  readonly steps: readonly Step[];
  /** The machinery wants something that this scenario has no room for. */
  readonly beyond: boolean;
  /** The machinery tries something in vain. */
  readonly stuck: boolean;
}

class Collector {
  readonly steps: Step[] = [];
  beyond = false;
  stuck = false;

  constructor(private readonly from: State) {}

  /** One step of the machinery; `change` answers false where it fails and is tried again. */
  own(label: string, change: (s: State) => boolean | void): void {
    const state = copyState(this.from);
    try {
      if (change(state) === false) this.stuck = true;
      else this.steps.push({ label, own: true, state });
    } catch (error) {
      if (!(error instanceof tx.BeyondScenario)) throw error;
      this.beyond = true;
    }
  }

  /** Something that people, time or misfortune may do; false where it cannot be done. */
  may(budget: string, label: string, change: (s: State) => boolean | void): void {
    const left = this.from.budget[budget];
    if (!left) return;
    const state = copyState(this.from);
    state.budget[budget] = left - 1;
    try {
      if (change(state) !== false) this.steps.push({ label, own: false, state });
    } catch (error) {
      if (!(error instanceof tx.BeyondScenario)) throw error;
    }
  }

  /** The same without a budget. */
  freely(label: string, change: (s: State) => void): void {
    const state = copyState(this.from);
    change(state);
    this.steps.push({ label, own: false, state });
  }
}

export function stepsOf(m: Model, s: State): Steps {
  const out = new Collector(s);
  for (let customer = 1; customer <= m.scenario.customers; customer++) {
    out.may('message', `customer ${customer} writes`, (t) => tx.receive(m, t, customer));
  }
  s.rows.forEach((row, id) => {
    if (row.status === NONE) return;
    people(m, s, out, row, id);
    faults(m, out, row, id);
    rings(m, out, row, id);
    if (row.workflow?.call) {
      const { kind, command, deadline } = row.workflow.call;
      const what = kind === 'load' ? 'load' : `project ${command || DEADLINE_NAMES[deadline]}`;
      out.own(`workflow ${id}: ${what}`, (t) => wf.answerCall(m, t, id));
    }
    watchers(m, s, out, row, id);
  });
  presence(m, s, out);
  for (const calls of ['lost', 'late'] as const) {
    const running = s.rows.some((row) => row.workflow?.call);
    if (calls === 'late' && !(running && s.budget['stall'])) continue;
    out.may('lose', `the Temporal store is lost, running calls ${calls}`, (t) => {
      if (calls === 'late') t.budget['stall'] = (t.budget['stall'] ?? 1) - 1;
      wf.loseStore(t, calls);
    });
  }
  s.late.forEach((call, index) =>
    out.own(`late ${call.kind} on ${call.row} reaches Postgres`, (t) => wf.answerLate(m, t, index)),
  );
  if (s.reconcile) out.own('reconcile', wf.reconcile);
  for (const who of s.handOuts) handOuts(m, s, out, who);
  return out;
}

function people(m: Model, s: State, out: Collector, row: Row, id: number): void {
  const command = (name: Name, target = NOBODY): void => {
    const to = target === NOBODY ? '' : ` to ${target}`;
    for (const behind of [false, true]) {
      const label = `${name}${to} on ${id}${behind ? ' without having seen the last message' : ''}`;
      out.may('command', label, (t) => tx.give(m, at(t, id), name, behind, target));
    }
  };
  for (const name of m.scenario.commands) {
    if (name !== 'transferToAgent') command(name);
    else for (const agent of agentsOf(s)) if (agent !== row.owner) command(name, agent);
  }
  for (const name of m.scenario.byHand) {
    if (!row.workflow) continue;
    out.may('byHand', `${name} by hand on ${id}`, (t) => wf.signalByHand(m, t, at(t, id), name));
  }
  if (tx.mayAccept(s, row)) {
    out.freely(`${row.owner} accepts ${id}`, (t) => tx.assign(m, t, id, row.owner));
    out.may('reject', `${row.owner} rejects ${id}`, (t) => tx.backToLine(m, t, id, true));
  }
  if (row.status === OPEN && row.placement === QUEUED) {
    for (const agent of agentsOf(s)) {
      if (isIn(s, agent))
        out.may('take', `${agent} takes ${id}`, (t) => tx.assign(m, t, id, agent));
    }
  }
  for (const name of DEADLINES) {
    if (!(row.deadlines & name & ~row.passed)) continue;
    const label = `deadline ${DEADLINE_NAMES[name]} of ${id} passes`;
    out.may('time', label, (t) => void (at(t, id).passed |= name));
  }
}

function faults(m: Model, out: Collector, row: Row, id: number): void {
  const { workflow } = row;
  if (workflow?.call) {
    const { call } = workflow;
    out.may('stall', `the worker of ${id} stalls in ${call.kind}`, (t) => {
      t.late.push(wf.lateCall(call, id));
    });
  }
  if (workflow) {
    out.may('anew', `${id} continues as new`, (t) => wf.continueAsNew(m, at(t, id)));
    if (!workflow.call)
      out.may('early', `timer of ${id} fires early`, (t) => wf.check(m, at(t, id)));
  }
  const numbers = row.commands.map((command) => command.number);
  for (const number of [0, ...numbers]) {
    const label = `a signal of ${id} comes late or again: ${number || 'check'}`;
    out.may('repeat', label, (t) => {
      if (number) wf.signalCommand(m, at(t, id), number);
      else wf.check(m, at(t, id));
    });
  }
}

/** Whoever committed rings; what is lost the relay rings again. */
function rings(m: Model, out: Collector, row: Row, id: number): void {
  const w = row.workflow;
  const loads = w !== null && (w.stale > 0 || w.call?.kind === 'load');
  const unknown = row.commands.filter((command) => !w?.pending.includes(command.number));
  const next = unknown[0];
  if (next && !(w && next.number <= w.known)) {
    out.own(`signal ${next.number} (${next.name}) of ${id}`, (t) =>
      wf.signalCommand(m, at(t, id), next.number),
    );
  }
  const overdue = row.deadlines & row.passed & ~(w?.timers ?? 0) && m.has('overdueRings');
  const unloaded = row.loaded === 0 || (unknown.length > 0 && w && unknown[0] !== undefined);
  if (!loads && (unloaded || overdue)) {
    out.own(`the relay rings ${id}`, (t) => wf.check(m, at(t, id)));
  }
  if (!row.seen && !loads && !w?.claimed) {
    out.own(`a claim’s signal reaches ${id}`, (t) => wf.signalClaim(m, at(t, id)));
  }
  if (w && !w.call && w.timers & row.deadlines & row.passed) {
    out.own(`timer of ${id} fires`, (t) => wf.check(m, at(t, id)));
  }
}

function watchers(m: Model, s: State, out: Collector, row: Row, id: number): void {
  if (row.placement === OFFERED && row.passed & OFFER) {
    out.own(`the watcher lapses the offer of ${id}`, (t) => tx.lapse(m, t, id));
  }
  const released = row.commands.some((command) => command.name === 'release');
  if (tx.isOwnedByAbsent(s, row) && !released) {
    out.own(`the watcher releases ${id}, grace is over`, (t) => tx.giveRelease(at(t, id)));
  }
}

function presence(m: Model, s: State, out: Collector): void {
  for (const agent of agentsOf(s)) {
    if (isIn(s, agent)) out.may('leave', `agent ${agent} leaves`, (t) => tx.leave(m, t, agent));
    else out.may('login', `agent ${agent} comes in`, (t) => tx.comeIn(m, t, agent));
  }
}

function handOuts(m: Model, s: State, out: Collector, who: string): void {
  const served = (t: State): void => {
    t.handOuts = t.handOuts.filter((other) => other !== who);
  };
  const id = Number(who.slice(1));
  if (who.startsWith('a')) {
    out.own(`hand-out for agent ${id}`, (t) => {
      const given = tx.handOut(m, t, id);
      if (!given || !m.has('handOutRepeats')) served(t);
    });
    return;
  }
  const candidates = tx.candidates(m, s, at(s, id)).filter((agent) => isFree(m, s, agent));
  if (candidates.length === 0) out.own(`hand-out for conversation ${id}: nobody`, served);
  for (const agent of candidates) {
    out.own(`hand-out for conversation ${id}: agent ${agent}`, (t) => {
      tx.handOut(m, t, agent);
      if (at(t, id).placement !== QUEUED) served(t);
    });
  }
}
