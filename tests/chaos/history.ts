/**
 * Goes through what happened, event by event, by rules of its own: who held what and when, and whether each step could
 * follow on the one before. It knows nothing of the product's table of states.
 */
import type { ConversationFact, EventFact, Facts } from './facts';

export interface Standing {
  status: string;
  placement: string | null;
  owner: string | null;
  /** The last who had it assigned: to them it returns. */
  last: string | null;
}

export interface HistoryFaults {
  readonly illegal: string[];
  readonly twoOwners: string[];
  readonly overCapacity: string[];
}

/** Units as this run has them set, by kind of channel. */
const UNITS: Readonly<Record<string, number>> = { 'live-chat': 25, open: 20 };
const WAITING_FACTOR = 0.5;

/** Where a conversation stood behind each of its events. */
export interface Step {
  readonly afterSeq: number;
  readonly standing: Readonly<Standing>;
}

export class History {
  readonly faults: HistoryFaults = { illegal: [], twoOwners: [], overCapacity: [] };
  readonly steps = new Map<string, Step[]>();
  private readonly standings = new Map<string, Standing>();
  private readonly load = new Map<string, number>();
  private readonly conversations: ReadonlyMap<string, ConversationFact>;

  constructor(private readonly facts: Facts) {
    this.conversations = new Map(facts.conversations.map((c) => [c.id, c]));
    const lines = new Set(
      facts.events
        .filter((e) => e.kind === 'returnedToLine')
        .map((e) => `${e.conversationId}/${e.rev}`),
    );
    for (const event of facts.events) {
      this.take(event, lines.has(`${event.conversationId}/${event.rev}`));
    }
    for (const c of facts.conversations) this.compare(c);
  }

  /** Where it stood when its message `seq` was written. */
  before(conversationId: string, seq: number): Readonly<Standing> | null {
    const steps = this.steps.get(conversationId) ?? [];
    return steps.findLast((step) => step.afterSeq < seq)?.standing ?? null;
  }

  private take(event: EventFact, toLine: boolean): void {
    const { conversationId: id, kind } = event;
    const before = this.standings.get(id);
    if (kind === 'started') {
      if (before) this.faults.illegal.push(`${id} begins twice`);
      this.stand(event, { status: 'open', placement: 'queued', owner: null, last: null });
      return;
    }
    const after = before && this.follow(event, before, toLine);
    if (!before) this.faults.illegal.push(`${id}: ${kind} before its beginning`);
    if (after) this.stand(event, after);
  }

  private follow(event: EventFact, s: Standing, toLine: boolean): Standing | null {
    const { kind, data } = event;
    const agent = typeof data['agentId'] === 'string' ? data['agentId'] : null;
    const queued = s.status === 'open' && s.placement === 'queued';
    const offered = s.status === 'open' && s.placement === 'offered';
    const live = s.status === 'open' || s.status === 'waiting';
    const inLine = { ...s, placement: 'queued', owner: null };
    const held = { ...s, status: 'open', placement: 'assigned', owner: agent, last: agent };
    switch (kind) {
      case 'offered':
      case 'assignedAutomatically':
      case 'assignedReturning':
      case 'taken':
        // Somebody has it already: this would be a second owner.
        if (s.owner && s.owner !== agent) this.faults.twoOwners.push(this.words(event, s));
        else this.must(queued, event, s);
        return kind === 'offered' ? { ...s, placement: 'offered', owner: agent } : held;
      case 'offerAccepted':
        if (s.owner !== agent) this.faults.twoOwners.push(this.words(event, s));
        else this.must(offered, event, s);
        return held;
      case 'offerRejected':
      case 'offerMissed':
      case 'offerWithdrawn':
        this.must(offered && s.owner === agent, event, s);
        return inLine;
      case 'released':
        this.must(live && s.placement === 'assigned', event, s);
        return inLine;
      case 'overflowed':
      case 'transferredToQueue':
        this.must(live, event, s);
        return { ...inLine, status: 'open' };
      case 'transferredToAgent':
      case 'assignedBySupervisor':
        this.must(live, event, s);
        return held;
      case 'statusChanged':
        return this.status(event, s, toLine);
      case 'closed':
        this.must(s.status !== 'closed', event, s);
        return { ...s, status: 'closed', placement: null, owner: null };
      default:
        return null;
    }
  }

  private status(event: EventFact, s: Standing, toLine: boolean): Standing {
    const { from, to } = event.data;
    this.must(from === s.status, event, s);
    if (to === 'waiting') {
      this.must(s.placement === 'assigned', event, s);
      return { ...s, status: 'waiting' };
    }
    if (to === 'solved') {
      this.must(s.status === 'open' || s.status === 'waiting', event, s);
      const kept = s.placement === 'assigned';
      return { ...s, status: 'solved', ...(kept ? {} : { placement: null, owner: null }) };
    }
    this.must(to === 'open' && s.status !== 'open', event, s);
    const agent = s.placement === 'assigned' ? s.owner : s.last;
    const released = s.status === 'waiting' && s.placement === 'queued';
    if (!agent || released || toLine) {
      return { ...s, status: 'open', placement: 'queued', owner: null };
    }
    return { status: 'open', placement: 'assigned', owner: agent, last: agent };
  }

  private stand(event: EventFact, after: Standing): void {
    const id = event.conversationId;
    const before = this.standings.get(id);
    if (before?.owner) this.carry(before.owner, -this.units(id, before));
    if (after.owner) this.carry(after.owner, this.units(id, after));
    this.standings.set(id, after);
    const steps = this.steps.get(id) ?? [];
    steps.push({ afterSeq: event.afterSeq, standing: after });
    this.steps.set(id, steps);
    const automatic = ['offered', 'assignedAutomatically', 'assignedReturning'].includes(
      event.kind,
    );
    const most = this.facts.agents.find((a) => a.id === after.owner)?.maxUnits ?? 0;
    if (automatic && after.owner && (this.load.get(after.owner) ?? 0) > most) {
      this.faults.overCapacity.push(`${after.owner} by ${this.words(event, after)}`);
    }
  }

  private carry(agent: string, units: number): void {
    this.load.set(agent, (this.load.get(agent) ?? 0) + units);
  }

  private units(id: string, s: Standing): number {
    const units = UNITS[this.conversations.get(id)?.kind ?? ''] ?? 0;
    if (s.status === 'open') return units;
    return s.status === 'waiting' ? Math.ceil(units * WAITING_FACTOR) : 0;
  }

  /** The row must stand where its history leads. */
  private compare(c: ConversationFact): void {
    const s = this.standings.get(c.id);
    const same = s?.status === c.status && s.placement === c.placement && s.owner === c.ownerId;
    if (same) return;
    const told = `${c.id} is ${c.status}/${c.placement}/${c.ownerId}, its history says ${JSON.stringify(s)}`;
    const twice = c.ownerId !== null && s?.owner != null && c.ownerId !== s.owner;
    (twice ? this.faults.twoOwners : this.faults.illegal).push(told);
  }

  private must(holds: boolean, event: EventFact, s: Standing): void {
    if (!holds) this.faults.illegal.push(this.words(event, s));
  }

  private words({ conversationId, id, kind, data }: EventFact, s: Standing): string {
    return `${conversationId} event ${id} ${kind} ${JSON.stringify(data)} on ${JSON.stringify(s)}`;
  }
}
