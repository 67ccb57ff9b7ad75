/** How a conversation stands in the routing, as the API tells it. */
import type { z } from 'zod';
import type { getRouting } from '../contracts/http/routing';
import { workload } from '../core/capacity/units';
import { candidateInWords, explainReceipt, waitInWords, type Names } from '../core/routing/explain';
import { whyWaiting } from '../core/routing/why-waiting';
import { versionKey } from '../db/queues/queue-versions';
import type { ReceiptView } from '../db/routing/receipts';
import type { RoutingNow } from '../db/routing/routing-now';

type View = z.input<typeof getRouting.response>;

/** Candidates that one answer holds; a queue may have a thousand members. */
const CANDIDATES = 50;

/** The agents and queues that it speaks of. */
export function namedIn({ row, candidates, receipts }: RoutingNow): string[] {
  return [
    row.queue_id,
    ...(candidates?.ranked ?? []).map(({ candidate }) => candidate.agentId),
    ...namedInReceipts(receipts),
  ];
}

/** The same of receipts alone. */
export const namedInReceipts = (receipts: readonly ReceiptView[]): string[] =>
  receipts.flatMap(({ queueId, agentId, candidates }) => [
    queueId,
    ...(agentId === null ? [] : [agentId]),
    ...candidates.map((each) => each.agentId),
  ]);

/** A receipt with its sentences. `since`: what has changed in the policies, by `versionKey`. */
export function viewOfReceipt(
  receipt: ReceiptView,
  named: ReadonlyMap<string, string>,
  since: RoutingNow['since'],
): View['receipts'][number] {
  const sentences = explainReceipt(receipt, namesFrom(named), since.get(versionKey(receipt)));
  return { ...receipt, sentences };
}

function namesFrom(named: ReadonlyMap<string, string>): Names {
  const nameOf = (id: string): string => named.get(id) ?? id;
  return { agent: nameOf, queue: (id) => `"${nameOf(id)}"` };
}

/** All but the link to Temporal. */
export function viewOfRouting(
  now: RoutingNow,
  named: ReadonlyMap<string, string>,
): Omit<View, 'temporalUrl'> {
  const { row, place, candidates, receipts, since } = now;
  const nameOf = (id: string): string => named.get(id) ?? id;
  const names = namesFrom(named);
  return {
    ...{ status: row.status, placement: row.placement, queueId: row.queue_id },
    ownerId: row.owner_id,
    place: place && {
      queueId: row.queue_id,
      queue: nameOf(row.queue_id),
      position: place.ahead + 1,
      since: new Date(row.now.getTime() - place.waitMs).toISOString(),
      front: row.front,
      priority: row.priority,
      open: row.queue_open,
      opensAt: place.opensAt,
    },
    why: place && candidates && whyWaiting({ ...place, ...candidates }, names),
    wait: place && {
      ms: place.waitMs,
      byCause: place.waitByCause,
      said: waitInWords(place.waitByCause),
    },
    candidates: candidates && {
      count: candidates.ranked.length,
      first: candidates.ranked.slice(0, CANDIDATES).map(({ candidate, passedOver }) => {
        const [name, load] = [
          nameOf(candidate.agentId),
          workload(candidate.usedUnits, candidate.maxUnits),
        ];
        const said = candidateInWords(name, load, passedOver);
        return { agentId: candidate.agentId, name, workload: load, passedOver, said };
      }),
    },
    deadlines: now.deadlines.map(({ name, at, said }) => ({
      ...{ name, at: new Date(at).toISOString() },
      said,
    })),
    receipts: receipts.map((receipt) => viewOfReceipt(receipt, named, since)),
  };
}
