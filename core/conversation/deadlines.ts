import { DEADLINES, type ConversationState, type DeadlineName, type Deadlines } from './types';

type Before = Pick<ConversationState, 'ownerId' | 'deadlines'>;
type After = Pick<
  ConversationState,
  'status' | 'placement' | 'survey' | 'ownerId' | 'excluded' | 'replied' | 'policy'
> & {
  /** Instant from which idleness counts: of the last message, or of getting its agent. */
  readonly quietSince: number | null;
};

/**
 * The deadlines that follow from a state: one that runs on keeps its instant, one that begins is counted from
 * `now`, one whose reason is gone is cleared. Claims and projections write exactly this. All in milliseconds.
 */
export function deadlinesAfter(before: Before, after: After, now: number): Deadlines {
  const { policy } = after;
  const old = before.deadlines;
  const run = (reason: boolean, kept: number | null, ms: number | null): number | null =>
    reason && ms !== null ? (kept ?? now + ms) : null;
  const open = after.status === 'open';
  const mine = open && after.placement === 'assigned';
  const sameOwner = before.ownerId === after.ownerId;
  const surveying = after.survey === 'running';
  return {
    offer: run(open && after.placement === 'offered', sameOwner ? old.offer : null, policy.offerMs),
    roundEnd: run(
      open && after.placement === 'queued' && after.excluded > 0,
      old.roundEnd,
      policy.roundPauseMs,
    ),
    snooze: run(after.status === 'waiting', old.snooze, policy.waitingMs),
    survey: run(after.status === 'solved' && surveying, old.survey, policy.surveyMs),
    confirm: run(after.status === 'solved' && !surveying, old.confirm, policy.confirmMs),
    firstResponse: run(
      mine && !after.replied,
      sameOwner ? old.firstResponse : null,
      policy.firstResponseMs,
    ),
    idle: mine && policy.idleMs !== null ? (after.quietSince ?? now) + policy.idleMs : null,
  };
}

/** The earliest deadline, or null where none runs. */
export function earliest(deadlines: Deadlines): { name: DeadlineName; at: number } | null {
  let found: { name: DeadlineName; at: number } | null = null;
  for (const name of DEADLINES) {
    const at = deadlines[name];
    if (at !== null && (found === null || at < found.at)) found = { name, at };
  }
  return found;
}

/** The deadline to act on now: the earliest one that has passed. */
export function due(deadlines: Deadlines, now: number): DeadlineName | null {
  const first = earliest(deadlines);
  return first !== null && first.at <= now ? first.name : null;
}
