/** What another policy of a queue would do to those who wait in its line now. Nothing is changed by asking. */
import type { Candidate } from './candidate';
import type { DistributionName } from './distribution/distributions';
import { eligibilityOf, type EligibilityName } from './eligibility/eligibility';
import { orderKey, type OrderInput } from './order';
import type { QueueSettings } from './policy';
import { isHandedOut, rank, ruleFor, seedOf, type Rule } from './rank';
import { met, type Wishes } from './wishes';
import { waitCauseNow, type CauseNow } from './wait-cause';

/** A conversation that stands in line. */
export interface InLine extends Omit<OrderInput, 'weight' | 'agingMinutes'> {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly claimNo: number;
  /** Agents who rejected or missed it in this round. */
  readonly excluded: readonly string[];
  /** The line that it stands in, and what it wants of its agent. */
  readonly line: string;
  readonly wishes: Wishes;
}

/** What of a queue's policy decides on its line. */
export interface LinePolicy {
  readonly delivery: 'auto' | 'offer' | 'manual';
  readonly eligibility: EligibilityName;
  readonly distribution: DistributionName;
  readonly weight: number;
  readonly settings: QueueSettings;
}

export interface PreviewInput {
  /** In their present order. */
  readonly line: readonly InLine[];
  readonly before: Pick<LinePolicy, 'weight' | 'settings'>;
  readonly after: LinePolicy;
  /** Whether the queue would be open. */
  readonly open: boolean;
  /** The agents of the queue with their present loads, as a conversation of this kind would see them by `after`. */
  readonly candidates: ReadonlyMap<string, readonly Candidate[]>;
  /** What each of them can. */
  readonly skills: ReadonlyMap<string, readonly string[]>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type StayReason = CauseNow | 'left to agents';

/** What would become of one conversation. */
export interface Previewed {
  readonly id: string;
  readonly number: number;
  /** Places in line, 1 goes first: now, and by the other policy before anything is handed out. */
  readonly position: number;
  readonly then: number;
  /** Who would get it at once; null where it stays. */
  readonly agentId: string | null;
  /** Why it stays; null where somebody gets it. */
  readonly reason: StayReason | null;
}

/**
 * All of the line, in the order that it would have. One at a time: with many agents each takes a part of a millisecond,
 * and whoever asks has other things to do in between.
 */
export function* previewLine(input: PreviewInput): Generator<Previewed> {
  const position = new Map(input.line.map(({ id }, at) => [id, at + 1]));
  const handOut = greedy(input);
  for (const [at, one] of ordered(input).entries()) {
    yield {
      ...{ id: one.id, number: one.number, position: position.get(one.id) ?? 0, then: at + 1 },
      ...handOut(one),
    };
  }
}

/** Keys are written anew only where weight or aging change, as by an edit. */
function ordered({ line, before, after }: PreviewInput): readonly InLine[] {
  const aging = (of: Pick<LinePolicy, 'settings'>): number => of.settings.agingMinutes ?? 0;
  if (before.weight === after.weight && aging(before) === aging(after)) return line;
  const keyed = line.map((one) => ({
    one,
    key: orderKey({ ...one, weight: after.weight, agingMinutes: aging(after) }),
  }));
  keyed.sort((a, b) => a.key - b.key || (a.one.id < b.one.id ? -1 : 1));
  return keyed.map(({ one }) => one);
}

type Fate = Pick<Previewed, 'agentId' | 'reason'>;

/** Gives one conversation after the other to whoever would be first to get it, with the loads that follow from that. */
function greedy({ after, open, candidates, skills, now }: PreviewInput): (one: InLine) => Fate {
  const rule = ruleFor(after);
  const agents = new Map(candidates);
  // Loads only grow, so a line of a kind that nobody has room for stays so.
  const nobodyFor = new Map<string, CauseNow>();
  const stays = (reason: StayReason): Fate => ({ agentId: null, reason });
  if (!isHandedOut(rule, after.delivery)) return () => stays('left to agents');
  if (!open) return () => stays('closed');
  return (one) => {
    const line = `${one.kind}/${one.line}`;
    const known = one.excluded.length === 0 ? nobodyFor.get(line) : undefined;
    if (known) return stays(known);
    const ranked = rank(seenBy(one, agents, skills), rule, seedOf(one.number, one.claimNo));
    const first = ranked.find(({ passedOver }) => passedOver === null)?.candidate;
    if (first) {
      const given = { agentId: first.agentId, kind: one.kind, units: first.units };
      for (const [kind, all] of agents) agents.set(kind, afterGiving(all, kind, given, rule, now));
      return { agentId: first.agentId, reason: null };
    }
    const cause = waitCauseNow(open, ranked);
    if (one.excluded.length === 0) nobodyFor.set(line, cause);
    return stays(cause);
  };
}

type Agents = ReadonlyMap<string, readonly Candidate[]>;

function seenBy(
  { kind, excluded, wishes }: InLine,
  agents: Agents,
  skills: PreviewInput['skills'],
): readonly Candidate[] {
  return (agents.get(kind) ?? []).map((each) => ({
    ...each,
    ...met(wishes, each.agentId, skills.get(each.agentId) ?? []),
    excluded: excluded.includes(each.agentId),
  }));
}

/** The same agents, seen by a conversation of `kind`, when one of them holds one more. */
function afterGiving(
  agents: readonly Candidate[],
  kind: string,
  given: { readonly agentId: string; readonly kind: string; readonly units: number },
  rule: Rule,
  now: number,
): readonly Candidate[] {
  const occupied = eligibilityOf(rule.eligibility).occupies ?? false;
  return agents.map((each) =>
    each.agentId !== given.agentId
      ? each
      : {
          ...each,
          usedUnits: each.usedUnits + given.units,
          held: each.held + 1,
          heldHere: each.heldHere + 1,
          heldOfKind: each.heldOfKind + (given.kind === kind ? 1 : 0),
          inConversation: each.inConversation || occupied,
          idleSince: null,
          lastAssignedAt: now,
          servedAt: now,
          notifiedAt: now,
          handledToday: each.handledToday + 1,
        },
  );
}
