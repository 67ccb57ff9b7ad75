/** What a run tells beside its last line. */
import type { Verdict } from './checker';
import type { CrashPoints } from './crash-list';
import type { Logs } from './logs';

export interface Told {
  readonly logs: Logs;
  readonly verdict: Verdict;
  /** Ends of processes that nobody asked for. */
  readonly ends: readonly string[];
  readonly crashPoints: CrashPoints;
  readonly vendorFaults: readonly string[];
}

const MOST_OF_A_KIND = 10;

export function report(log: (line: string) => void, told: Told): void {
  const { logs, verdict, ends, crashPoints, vendorFaults } = told;
  for (const [answer, count] of [...logs.answers].sort())
    log(`${String(count).padStart(6)} ${answer}`);
  for (const [point, hits] of crashPoints.summary())
    log(`${String(hits).padStart(6)} x crash point ${point}`);
  for (const end of new Set(ends)) log(`${ends.filter((each) => each === end).length} x ${end}`);
  for (const fault of new Set(vendorFaults)) log(`the vendor complains: ${fault}`);
  for (const [name, faults] of Object.entries(verdict.faults)) {
    for (const fault of faults.slice(0, MOST_OF_A_KIND)) log(`${name}: ${fault}`);
  }
  log(`${verdict.reordered} messages of customers stand in another order than they were sent`);
}
