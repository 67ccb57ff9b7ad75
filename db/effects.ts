/** What a transaction leaves to be done once it is committed. Losing it costs a second: the rows are the outbox. */
export interface Ring {
  readonly conversationId: string;
  /** Name of the signal: a command's, a claim's, or `check`, which always loads. */
  readonly signal: string;
  readonly args?: Readonly<Record<string, unknown>> | undefined;
}

/** A row of hand_out: an agent with room, or a conversation in line. */
export interface HandOut {
  readonly id: string;
  readonly agentId: string | null;
  readonly conversationId: string | null;
  readonly reason: string;
}

/** A conversation has left the line for an agent, after so many milliseconds in it. */
export interface Handed {
  readonly trigger: string;
  readonly waitMs: number;
}

export class Effects {
  /** Conversations that somebody may be looking at. */
  readonly changed = new Set<string>();
  /** Agents whose own state or load changed. */
  readonly agents = new Set<string>();
  readonly handOuts: HandOut[] = [];
  /** For the metrics. */
  readonly handed: Handed[] = [];
  readonly rings: Ring[] = [];
  /** Conversations with a message to be sent outside. */
  readonly deliveries = new Set<string>();

  /** Takes over what another transaction left. */
  add(other: Effects): void {
    for (const id of other.changed) this.changed.add(id);
    for (const id of other.agents) this.agents.add(id);
    for (const id of other.deliveries) this.deliveries.add(id);
    this.handOuts.push(...other.handOuts);
    this.handed.push(...other.handed);
    this.rings.push(...other.rings);
  }
}
