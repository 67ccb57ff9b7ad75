import type { Clock } from '../hours/clock';
import { urgentFrom } from '../windows/window';
import { DEADLINES, type ConversationState, type DeadlineName, type Deadlines } from './types';

type Before = Pick<ConversationState, 'ownerId' | 'deadlines'>;
type Waiting = Pick<
  ConversationState,
  'status' | 'placement' | 'policy' | 'place' | 'needsSkills' | 'windowExpiresAt'
>;
type After = Waiting &
  Pick<ConversationState, 'survey' | 'ownerId' | 'excluded' | 'replied' | 'transferToId'> & {
    /** Instant from which idleness counts: of the last message, or of getting its agent. */
    readonly quietSince: number | null;
  };

/**
 * The deadlines that follow from a state: one that runs on keeps its instant, one that begins is counted from
 * the clock's now, one whose reason is gone is cleared. First reply and ladder are counted in open hours. Claims and
 * projections write exactly this. All in milliseconds.
 */
export function deadlinesAfter(before: Before, after: After, clock: Clock): Deadlines {
  const { now } = clock;
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
    firstResponse:
      mine && !after.replied && policy.firstResponseMs !== null
        ? ((sameOwner ? old.firstResponse : null) ?? clock.afterOpen(now, policy.firstResponseMs))
        : null,
    idle: mine && policy.idleMs !== null ? (after.quietSince ?? now) + policy.idleMs : null,
    transfer: run(mine && after.transferToId !== null, old.transfer, policy.transferMs),
    ...inLineDeadlines(after, clock),
  };
}

/** Those that run only while it stands in line. */
export function inLineDeadlines(
  { status, placement, place, policy, needsSkills, windowExpiresAt }: Waiting,
  clock: Clock,
): Pick<Deadlines, 'preferred' | 'relax' | 'urgent' | 'ladder'> {
  const since = place.lineSince;
  if (status !== 'open' || placement !== 'queued' || since === null) {
    return { preferred: null, relax: null, urgent: null, ladder: null };
  }
  const hop = policy.ladder[place.ladderStep];
  const relaxes = needsSkills && !place.relaxed && policy.relaxSkillsMs !== null;
  return {
    preferred: place.preferredUntil,
    relax: relaxes ? since + policy.relaxSkillsMs : null,
    urgent: place.urgent ? null : urgentFrom(windowExpiresAt, clock.now),
    ladder: hop ? clock.afterOpen(since, hop.afterMs) : null,
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
