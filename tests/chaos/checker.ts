/** Compares what the clients were told, what the vendor holds and what the database says. */
import type { Facts, MessageFact } from './facts';
import { History } from './history';
import type { Logs } from './logs';

/** One reply as the vendor took it, in the order of coming; a repeat with the same id is not in it. */
export interface Delivered {
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
}

export interface Counts {
  readonly accepted: number;
  readonly stored: number;
  readonly lost: number;
  readonly doubled: number;
  readonly illegal: number;
  readonly twoOwners: number;
  readonly overCapacity: number;
  readonly orphans: number;
  readonly repliesDelivered: number;
  readonly repliesDoubled: number;
  readonly repliesUnknown: number;
}

export interface Verdict {
  readonly counts: Counts;
  /** Every fault in words, by the key under which it counts. */
  readonly faults: Readonly<Record<Fault, readonly string[]>>;
  /** Not promised, but worth knowing: customers' messages that stand in another order than they were sent. */
  readonly reordered: number;
}

const FAULTS = [
  'lost',
  'doubled',
  'illegal',
  'twoOwners',
  'overCapacity',
  'orphans',
  'repliesDoubled',
] as const;
export type Fault = (typeof FAULTS)[number];

/** True where nothing is wrong. */
export const isClean = ({ faults }: Verdict): boolean =>
  FAULTS.every((name) => faults[name].length === 0);

/** `running` counts the workflows that still run though everything should be over. */
export function check(
  facts: Facts,
  logs: Pick<Logs, 'messages' | 'replies' | 'claims' | 'commands' | 'seen'>,
  journal: readonly Delivered[],
  running = 0,
): Verdict {
  return new Checker(facts, logs, journal, running).verdict();
}

class Checker {
  private readonly faults: Record<Fault, string[]>;
  private readonly history: History;
  private readonly byId: ReadonlyMap<string, MessageFact>;
  private stored = 0;
  private delivered = 0;

  constructor(
    private readonly facts: Facts,
    private readonly logs: Pick<Logs, 'messages' | 'replies' | 'claims' | 'commands' | 'seen'>,
    private readonly journal: readonly Delivered[],
    running: number,
  ) {
    this.history = new History(facts);
    this.byId = new Map(facts.messages.map((message) => [message.id, message]));
    this.faults = {
      lost: [],
      doubled: [],
      orphans: [],
      repliesDoubled: [],
      ...this.history.faults,
    };
    this.customers();
    this.agents();
    this.claims();
    this.deliveries();
    this.ends(running);
  }

  verdict(): Verdict {
    const { repliesDoubled, ...counts } = Object.fromEntries(
      FAULTS.map((name) => [name, this.faults[name].length]),
    ) as Record<Fault, number>;
    const unknown = (m: MessageFact): boolean =>
      m.direction === 'out' && (m.delivery === 'unknown' || m.delivery === 'failed');
    return {
      counts: {
        accepted: this.logs.messages.length,
        stored: this.stored,
        ...counts,
        repliesDelivered: this.delivered,
        repliesDoubled,
        repliesUnknown: this.facts.messages.filter(unknown).length,
      },
      faults: this.faults,
      reordered: this.reordered(),
    };
  }

  private customers(): void {
    const rows = groupBy(
      this.facts.messages.filter((m) => m.direction === 'in'),
      clientId,
    );
    const identities = new Map<string, Set<string>>();
    for (const sent of this.logs.messages) {
      const found = rows.get(sent.id) ?? [];
      if (found.length > 0) this.stored++;
      if (found.length === 0) this.faults.lost.push(`message ${sent.id}`);
      if (sent.messageIds.length > 1) this.faults.doubled.push(`answers to ${sent.id} differ`);
      for (const row of found) {
        if (!sent.messageIds.includes(row.id))
          this.faults.doubled.push(`${sent.id} is stored as ${row.id}`);
        if (row.text !== sent.text) this.faults.illegal.push(`${sent.id} has another text`);
        add(identities, sent.customer, row.identityId);
      }
    }
    for (const [id, found] of rows) {
      if (found.length > 1) this.faults.doubled.push(`message ${id}, ${found.length} rows`);
    }
    for (const [customer, of] of identities) {
      if (of.size > 1) this.faults.illegal.push(`${customer} is ${of.size} identities`);
    }
    const live = groupBy(
      this.facts.conversations.filter((c) => c.status !== 'closed'),
      (c) => c.identityId,
    );
    for (const [identity, found] of live) {
      if (found.length > 1) this.faults.illegal.push(`${identity} has ${found.length} live ones`);
    }
    for (const id of this.logs.seen) {
      if (!this.byId.has(id)) this.faults.lost.push(`message ${id}, which a visitor saw`);
    }
  }

  private agents(): void {
    const written = this.facts.messages.filter((m) => m.authorKind === 'agent');
    const rows = groupBy(written, (m) => m.text);
    for (const sent of this.logs.replies) {
      const found = rows.get(sent.text) ?? [];
      if (found.length === 0) this.faults.lost.push(`reply "${sent.text}"`);
      if (sent.messageIds.length > 1) this.faults.doubled.push(`answers to "${sent.text}" differ`);
      for (const row of found) {
        const same = row.conversationId === sent.conversationId && row.authorId === sent.agentId;
        if (!same) this.faults.illegal.push(`"${sent.text}" stands elsewhere`);
      }
    }
    for (const [text, found] of rows) {
      if (found.length > 1) this.faults.doubled.push(`reply "${text}", ${found.length} rows`);
    }
    for (const reply of written.filter((m) => m.direction === 'out')) {
      const s = this.history.before(reply.conversationId, reply.seq);
      const held = s?.placement === 'assigned' && (s.status === 'open' || s.status === 'waiting');
      if (held && s.owner === reply.authorId) continue;
      const told = `reply ${reply.id} by ${reply.authorId} on ${JSON.stringify(s)}`;
      (held ? this.faults.twoOwners : this.faults.illegal).push(told);
    }
  }

  /** Whoever was told that a claim or a command has taken effect must find it, and nobody else on the same claim. */
  private claims(): void {
    const claims = groupBy(this.facts.claims, (c) => c.conversationId);
    for (const [id, chain] of claims) {
      if (chain.some((claim, at) => claim.claimNo !== at + 1)) {
        this.faults.illegal.push(`claims of ${id} are not 1, 2, 3 ...`);
      }
    }
    const told = groupBy(this.logs.claims, (c) => `${c.conversationId}/${c.kind}/${c.agentId}`);
    for (const [key, won] of told) {
      const [id = '', kind, agent] = key.split('/');
      const found = (claims.get(id) ?? []).filter((c) => c.kind === kind && c.agentId === agent);
      if (found.length < won.length) {
        this.faults.twoOwners.push(`${key}: told ${won.length} times, stored ${found.length}`);
      }
    }
    const commands = new Map(
      this.facts.commands.map((c) => [`${c.conversationId}/${c.number}`, c]),
    );
    for (const { conversationId, number, name, outcome } of this.logs.commands) {
      const found = commands.get(`${conversationId}/${number}`);
      const same = found?.name === name && (outcome === null || found.outcome === outcome);
      if (!found) this.faults.lost.push(`command ${conversationId}/${number} ${name}`);
      else if (!same) this.faults.illegal.push(`${conversationId}/${number}: ${found.outcome}`);
    }
  }

  private deliveries(): void {
    const kinds = new Map(this.facts.conversations.map((c) => [c.id, c.kind]));
    const outside = this.facts.messages.filter(
      (m) => m.direction === 'out' && kinds.get(m.conversationId) !== 'live-chat',
    );
    // What the product says by itself, such as the survey's question, has the same words every time.
    const own = new Set(outside.filter((m) => m.authorKind !== 'agent').map((m) => m.id));
    const taken = groupBy(this.journal, (d) => (own.has(d.id) ? d.id : d.text));
    for (const [text, found] of taken) {
      if (found.length > 1) this.faults.repliesDoubled.push(`"${text}" came ${found.length} times`);
    }
    for (const reply of outside) {
      const found = taken.get(own.has(reply.id) ? reply.id : reply.text) ?? [];
      if (found.length > 0) this.delivered++;
      const sent = ['sent', 'delivered', 'read'].includes(reply.delivery);
      if (sent && found.length === 0) this.faults.lost.push(`sent reply ${reply.id}`);
      if (found.some((d) => d.id !== reply.id || d.conversationId !== reply.conversationId)) {
        this.faults.illegal.push(`reply ${reply.id} came as another`);
      }
    }
    const known = new Set(outside.map((reply) => reply.id));
    const seqs = new Map<string, number>();
    for (const { id, conversationId } of this.journal) {
      const seq = this.byId.get(id)?.seq ?? 0;
      if (!known.has(id)) this.faults.illegal.push(`the vendor has ${id}, which nobody wrote`);
      if (seq < (seqs.get(conversationId) ?? 0)) {
        this.faults.illegal.push(`reply ${id} came after a later one`);
      }
      seqs.set(conversationId, seq);
    }
  }

  /** Nothing may be left lying. */
  private ends(running: number): void {
    const { orphans } = this.faults;
    const { conversations, commands, messages, agents, handOuts } = this.facts;
    const closed = new Map(conversations.map((c) => [c.id, c]));
    for (const c of conversations) {
      if (c.status !== 'closed') orphans.push(`${c.id} is ${c.status}/${c.placement}`);
    }
    for (const c of commands) {
      if (c.outcome === null) orphans.push(`command ${c.conversationId}/${c.number} ${c.name}`);
    }
    const answered = new Set(this.logs.messages.filter((m) => m.answers).map((m) => m.id));
    for (const m of messages) {
      if (m.delivery === 'pending' || m.delivery === 'sending') orphans.push(`reply ${m.id}`);
      const covered = closed.get(m.conversationId)?.closedAfterSeq ?? Infinity;
      const answers = answered.has(clientId(m));
      if (m.direction === 'in' && m.seq > covered && !answers)
        orphans.push(`message ${m.id} behind the end`);
    }
    for (const agent of agents) {
      const held = conversations.some((c) => c.ownerId === agent.id && c.status !== 'closed');
      if (!held && agent.usedUnits !== 0) orphans.push(`${agent.usedUnits} units of ${agent.id}`);
    }
    if (handOuts > 0) orphans.push(`${handOuts} hand-outs`);
    if (running > 0) orphans.push(`${running} workflows`);
  }

  private reordered(): number {
    const places = new Map(
      this.facts.messages.map((m, at) => [m.direction === 'in' ? clientId(m) : m.id, at]),
    );
    let count = 0;
    for (const sent of groupBy(this.logs.messages, (m) => m.customer).values()) {
      const order = sent.map((m) => places.get(m.id)).filter((at) => at !== undefined);
      count += order.filter((at, i) => i > 0 && at < (order[i - 1] ?? 0)).length;
    }
    return count;
  }
}

/** A live chat puts the visitor before the id that the browser made up. */
const clientId = (m: MessageFact): string => m.externalId?.split('/').at(-1) ?? m.id;

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(value));
}
