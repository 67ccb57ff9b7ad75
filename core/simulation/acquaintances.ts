/** Which agent a customer knows who comes back to a queue: what db/routing/returning.ts finds in the database. */
import type { Conversation } from './conversation';
import type { Worker } from './workforce';

export interface KnownAgent {
  readonly worker: Worker;
  /** Until when the conversation is kept for this agent; null where it is not. */
  readonly keptUntil: number | null;
}

export class Acquaintances {
  private readonly byCustomer = new Map<string, Conversation[]>();

  /** To be called once for each conversation, in the order in which they come. */
  note(one: Conversation): void {
    const { customer } = one.arrival;
    if (customer === null) return;
    const before = this.byCustomer.get(customer);
    if (before) before.push(one);
    else this.byCustomer.set(customer, [one]);
  }

  /** The agent of this customer's last conversation in the queue that has had one; null where nobody asks for that. */
  knownTo(one: Conversation, now: number): KnownAgent | null {
    const { desk, arrival, skills } = one;
    const { mode, days, waitMs } = desk.returning;
    if (mode === 'off' || arrival.customer === null) return null;
    const since = now - days * 86_400_000;
    const last = this.byCustomer
      .get(arrival.customer)
      ?.findLast((each) => each !== one && each.desk === desk && isKnownSince(each, since));
    const worker = last?.lastWorker;
    if (!worker?.places.some((place) => place.desk === desk)) return null;
    const there =
      worker.facts.state === 'available' &&
      skills.required.every((skill) => worker.skills.includes(skill));
    // Where agents pull, nobody is kept from it.
    const keeps = mode === 'wait' && there && desk.choice.handedOut;
    return { worker, keptUntil: keeps ? now + waitMs : null };
  }
}

/** One that an agent had, and in which something was said since. */
const isKnownSince = ({ lastWorker, state, endedAt }: Conversation, since: number): boolean =>
  lastWorker !== null && (state !== 'gone' || endedAt > since);
