import { workload } from '../capacity/units';
import type { Candidate } from './eligibility';

/**
 * `least-loaded`: the lowest workload in percent first; among equals who has waited longest for work, those who
 * never had any before all; then by id, so that the order is total.
 */
export function leastLoaded(a: Candidate, b: Candidate): number {
  return (
    workload(a.usedUnits, a.maxUnits) - workload(b.usedUnits, b.maxUnits) ||
    (a.lastAssignedAt ?? 0) - (b.lastAssignedAt ?? 0) ||
    (a.agentId < b.agentId ? -1 : 1)
  );
}
