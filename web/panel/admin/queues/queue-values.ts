import type { Values } from '../form/draft';
import type { Queue } from '../load';

/** Objects within the settings that an edit replaces as a whole. */
export const WHOLES = ['settings.hours', 'settings.survey', 'settings.returning'];

const MINUTE = 60_000;

/** A queue as its form shows it: with the defaults where nothing was set. */
export function valuesOf(queue: Queue): Values {
  const { settings: s } = queue;
  return {
    name: queue.name,
    delivery: queue.delivery,
    eligibility: queue.eligibility,
    distribution: queue.distribution,
    weight: queue.weight,
    hoursMode: queue.hoursMode,
    calendarId: queue.calendarId,
    'settings.offerMs': s.offerMs ?? 20_000,
    'settings.roundPauseMs': s.roundPauseMs ?? 10_000,
    'settings.missedOffersToPause': s.missedOffersToPause ?? 2,
    'settings.agingMinutes': s.agingMinutes ?? 0,
    'settings.maxPerAgent': s.maxPerAgent ?? null,
    'settings.waitingFactor': s.waitingFactor ?? 1,
    'settings.waitingMs': s.waitingMs ?? 7 * 24 * 60 * MINUTE,
    // Not set, it is ten minutes for live chats and a day for all others.
    'settings.confirmMs': s.confirmMs,
    'settings.firstResponseMs': s.firstResponseMs ?? null,
    'settings.idleMs': s.idleMs ?? null,
    'settings.ladder': s.ladder ?? [],
    'settings.transferMs': s.transferMs ?? 0,
    'settings.relaxSkillsMs': s.relaxSkillsMs ?? null,
    'settings.reopenWithinDays': s.reopenWithinDays ?? 14,
    'settings.unitOverrides': s.unitOverrides ?? {},
    'settings.returning.mode': s.returning?.mode ?? 'prefer',
    'settings.returning.waitMs': s.returning?.waitMs ?? MINUTE,
    'settings.returning.days': s.returning?.days ?? 99,
    'settings.hours.atClosing': s.hours?.atClosing ?? 'keepWaiting',
    'settings.hours.outOfHours': s.hours?.outOfHours,
    'settings.hours.closing': s.hours?.closing,
    'settings.survey.enabled': s.survey?.enabled ?? false,
    'settings.survey.channelKinds': s.survey?.channelKinds ?? [],
    'settings.survey.expiryMs': s.survey?.expiryMs,
    'settings.survey.question': s.survey?.question,
    'settings.survey.commentQuestion': s.survey?.commentQuestion,
    'settings.survey.thanks': s.survey?.thanks,
  };
}
