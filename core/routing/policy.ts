/** A queue's settings and the policy that follows from them for one kind of channel. */
import type { UnitOverrides } from '../capacity/units';
import type { ChannelKind } from '../channel-kinds';
import type { Policy } from '../conversation/types';
import type { HoursSettings } from '../hours/queue-hours';
import { hopsOf, type LadderStep } from './ladder';
import type { ReturningSettings } from './returning';

/** As stored with a queue; every field has a default. Durations in milliseconds. */
export interface QueueSettings {
  readonly offerMs?: number | undefined;
  readonly roundPauseMs?: number | undefined;
  readonly missedOffersToPause?: number | undefined;
  readonly agingMinutes?: number | undefined;
  /** Conversations of this queue that an agent may hold at a time; for the eligibility `nocall`. */
  readonly maxPerAgent?: number | null | undefined;
  readonly waitingFactor?: number | undefined;
  readonly waitingMs?: number | undefined;
  readonly confirmMs?: number | undefined;
  readonly firstResponseMs?: number | null | undefined;
  readonly idleMs?: number | null | undefined;
  readonly reopenWithinDays?: number | undefined;
  readonly unitOverrides?: UnitOverrides | undefined;
  readonly hours?: HoursSettings | undefined;
  /** In the order of time. */
  readonly ladder?: readonly LadderStep[] | undefined;
  readonly relaxSkillsMs?: number | null | undefined;
  readonly transferMs?: number | undefined;
  readonly returning?: ReturningSettings | undefined;
  readonly survey?:
    | {
        readonly enabled?: boolean | undefined;
        /** Kinds that are asked; empty means every kind. */
        readonly channelKinds?: readonly ChannelKind[] | undefined;
        readonly expiryMs?: number | undefined;
        readonly question?: string | undefined;
        readonly commentQuestion?: string | undefined;
        readonly thanks?: string | undefined;
      }
    | undefined;
}

export interface QueuePolicySource {
  readonly version: number;
  readonly delivery: 'auto' | 'offer' | 'manual';
  readonly settings: QueueSettings;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Between two rounds of offers, where a queue says nothing else. */
export const ROUND_PAUSE_MS = 10 * SECOND;

/** What holds for one conversation of `kind` in this queue. Live chat is confirmed and surveyed in minutes. */
export function policyFor(queue: QueuePolicySource, kind: string): Policy {
  const s = queue.settings;
  const chat = kind === 'live-chat';
  const kinds = s.survey?.channelKinds ?? [];
  return {
    version: queue.version,
    delivery: queue.delivery,
    offerMs: s.offerMs ?? 20 * SECOND,
    roundPauseMs: s.roundPauseMs ?? ROUND_PAUSE_MS,
    missedOffersToPause: s.missedOffersToPause ?? 2,
    survey: (s.survey?.enabled ?? false) && (kinds.length === 0 || kinds.some((k) => k === kind)),
    surveyMs: s.survey?.expiryMs ?? (chat ? 10 * MINUTE : DAY),
    confirmMs: s.confirmMs ?? (chat ? 10 * MINUTE : DAY),
    waitingMs: s.waitingMs ?? 7 * DAY,
    firstResponseMs: s.firstResponseMs ?? null,
    idleMs: s.idleMs ?? null,
    reopenMs: (s.reopenWithinDays ?? 14) * DAY,
    ladder: hopsOf(s.ladder ?? []),
    relaxSkillsMs: s.relaxSkillsMs ?? null,
    transferMs: s.transferMs ?? 0,
  };
}
