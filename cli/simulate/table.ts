/** The result of a simulation as lines of text: the present policy beside the changed one. */
import { durationInWords } from '../../core/duration';
import type { Figures, SimulationResult } from '../../core/simulation/figures';

/** What is shown of a queue, and how. `better` says which way is good, 0 where neither is. */
export interface Shown {
  readonly name: string;
  readonly better: 1 | -1 | 0;
  readonly value: (figures: Figures) => number;
  readonly words: (value: number) => string;
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const whole = (value: number): string => String(value);

const shown = (
  name: string,
  better: Shown['better'],
  value: Shown['value'],
  words: Shown['words'],
): Shown => ({ name, better, value, words });

export const SHOWN: readonly Shown[] = [
  shown('arrived', 0, (f) => f.arrived, whole),
  shown('answered', 1, (f) => f.answered, whole),
  shown('not served', -1, (f) => f.unserved, whole),
  shown('wait, mean', -1, (f) => f.waitMs.mean, durationInWords),
  shown('wait, half within', -1, (f) => f.waitMs.p50, durationInWords),
  shown('wait, 90 % within', -1, (f) => f.waitMs.p90, durationInWords),
  shown('wait, 99 % within', -1, (f) => f.waitMs.p99, durationInWords),
  shown('service level', 1, (f) => f.serviceLevel, percent),
  shown('abandonment', -1, (f) => f.abandonment, percent),
  shown('transferred in', 0, (f) => f.transferred, whole),
  shown('overflowed', -1, (f) => f.overflowed, whole),
  shown('overflows skipped', 0, (f) => f.overflowsSkipped, whole),
  shown('closed by the ladder', -1, (f) => f.closed.byLadder, whole),
  shown('closed at closing time', -1, (f) => f.closed.atClosing, whole),
  shown('told to supervisors', -1, (f) => f.notified, whole),
  shown('told to customers', 0, (f) => f.told, whole),
  shown('skills relaxed', -1, (f) => f.relaxed, whole),
  shown('returning, known', 0, (f) => f.returning.known, whole),
  shown('returning, kept', 0, (f) => f.returning.kept, whole),
  shown('returning, met', 1, (f) => f.returning.met, whole),
  shown('back to a full agent', -1, (f) => f.overfilled, whole),
  shown('offers made', 0, (f) => f.offers.made, whole),
  shown('offers rejected', -1, (f) => f.offers.rejected, whole),
  shown('offers missed', -1, (f) => f.offers.missed, whole),
  shown('utilisation', 0, (f) => f.utilisation, percent),
];

export interface Compared {
  readonly name: string;
  /** Null where the queue is not in that policy. */
  readonly present: Figures | null;
  readonly changed: Figures | null;
}

/** All queues together, then each of the present policy, then those that only the changed one has. */
export function sideBySide(
  present: SimulationResult,
  changed: SimulationResult | null,
): Compared[] {
  const of = (result: SimulationResult | null, id: string): Figures | null =>
    result?.queues.find((queue) => queue.id === id)?.figures ?? null;
  const added = changed?.queues.filter(({ id }) => of(present, id) === null) ?? [];
  return [
    { name: 'all queues', present: present.all, changed: changed?.all ?? null },
    ...present.queues.map(({ id, name, figures }) => ({
      name,
      present: figures,
      changed: of(changed, id),
    })),
    ...added.map(({ name, figures }) => ({ name, present: null, changed: figures })),
  ];
}

/** A block of lines for all queues together and for each. */
export function tableOf(present: SimulationResult, changed: SimulationResult | null): string[] {
  return sideBySide(present, changed).flatMap((queue) => {
    const rows = SHOWN.map(({ name, value, words }) => [
      `  ${name}`,
      ...[queue.present, ...(changed ? [queue.changed] : [])].map((figures) =>
        figures ? words(value(figures)) : '-',
      ),
    ]);
    const heads = [queue.name, 'present', ...(changed ? ['changed'] : [])];
    return ['', ...[heads, ...rows].map(lineOf)];
  });
}

const lineOf = ([name = '', ...values]: readonly string[]): string =>
  name.padEnd(24) + values.map((value) => value.padStart(16)).join('');
