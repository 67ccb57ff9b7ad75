/**
 * Breadth-first search over all states of a scenario: the shortest way to a broken promise, or the proof that there is
 * none within the budget; and whether the machinery alone comes to rest from everywhere.
 */
import { keyOf } from './key';
import { always, atRest } from './promises';
import type { Model } from './rules';
import { RULES, SCENARIOS, type Rule, type Scenario, type ScenarioName } from './scenarios';
import { firstState, type State } from './state';
import { stepsOf } from './steps';

export interface Found {
  /** The broken promise, or null. */
  readonly why: string | null;
  /** The steps that lead there. */
  readonly trace: readonly string[];
  readonly states: number;
  readonly resting: number;
  /** False where the limit ended the search. */
  readonly complete: boolean;
}

export interface Limit {
  readonly states: number;
  /** Instant (ms) at which to give up. */
  readonly until: number;
}

class Graph {
  readonly waiting: (State | null)[] = [];
  private readonly ids = new Map<string, number>();
  private readonly parents: number[] = [];
  private readonly labels: string[] = [];
  private readonly from: number[] = [];
  private readonly to: number[] = [];
  readonly resting: number[] = [];

  get size(): number {
    return this.waiting.length;
  }

  put(state: State, parent: number, label: string): number {
    const key = keyOf(state);
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.waiting.length;
    this.ids.set(key, id);
    this.waiting.push(state);
    this.parents.push(parent);
    this.labels.push(label);
    return id;
  }

  /** A step of the machinery. */
  link(from: number, to: number): void {
    this.from.push(from);
    this.to.push(to);
  }

  trace(id: number): string[] {
    const labels: string[] = [];
    for (let at = id; at > 0; at = this.parents[at] ?? 0) labels.unshift(this.labels[at] ?? '');
    return labels;
  }

  /** A state from which the machinery alone never comes to rest, or -1. */
  restless(): number {
    const before: number[][] = [];
    this.to.forEach((to, edge) => (before[to] ??= []).push(this.from[edge] ?? 0));
    const calm = new Uint8Array(this.size);
    const left = [...this.resting];
    for (const id of left) calm[id] = 1;
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      for (const earlier of before[id] ?? []) {
        if (calm[earlier]) continue;
        calm[earlier] = 1;
        left.push(earlier);
      }
    }
    return calm.indexOf(0);
  }
}

function search(scenario: Scenario, without: readonly Rule[], limit: Limit): Found {
  const model: Model = { scenario, has: (rule) => !without.includes(rule) };
  const graph = new Graph();
  graph.put(firstState(scenario), -1, 'start');
  const found = (why: string | null, id: number, complete: boolean): Found => ({
    why,
    trace: why === null ? [] : graph.trace(id),
    states: graph.size,
    resting: graph.resting.length,
    complete,
  });
  for (let id = 0; id < graph.size; id++) {
    if (graph.size > limit.states) return found(null, id, false);
    if (id % 1000 === 0 && Date.now() > limit.until) return found(null, id, false);
    const state = graph.waiting[id];
    graph.waiting[id] = null;
    if (!state) continue;
    const broken = always(model, state) ?? visit(model, graph, id, state);
    if (broken) return found(broken, id, false);
  }
  const restless = graph.restless();
  return restless === -1 ? found(null, 0, true) : found('never comes to rest', restless, true);
}

/** Puts the state's successors. Answers the promise that it breaks if the machinery rests here. */
function visit(model: Model, graph: Graph, id: number, state: State): string | null {
  const { steps, beyond, stuck } = stepsOf(model, state);
  let rests = !beyond && !stuck;
  for (const step of steps) {
    const next = graph.put(step.state, id, step.label);
    if (!step.own) continue;
    rests = false;
    if (next !== id) graph.link(id, next);
  }
  if (!rests && !beyond) return null;
  graph.resting.push(id);
  return beyond ? null : atRest(model, state);
}

/** Searches a scenario as it stands. */
export const searchScenario = (name: ScenarioName, limit: Limit): Found =>
  search(SCENARIOS[name], [], limit);

/** Searches the scenario in which the lack of a rule must be seen. */
export const searchWithout = (rule: Rule, limit: Limit): Found =>
  search(SCENARIOS[RULES[rule].seenIn], [rule], limit);
