import type { TFunction } from 'i18next';
import type { EventShape } from '../../../contracts/conversation';
import type { Names } from '../api/directory';

/** One sentence on what happened. */
export function eventWords(event: EventShape, names: Names, t: TFunction): string {
  const { data, kind } = event;
  const text = (field: string): string => {
    const value = data[field];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const person = event.actorKind === 'agent' || event.actorKind === 'supervisor';
  const actor =
    person && event.actorId !== null
      ? names.agent(event.actorId)
      : t(`events.actors.${event.actorKind}`, { defaultValue: t('events.actors.system') });
  const words = {
    agent: names.agent(text('agentId') || event.actorId),
    queue: names.queue(text('queueId')),
    fromQueue: names.queue(text('from')),
    toQueue: names.queue(text('to')),
    fromAgent: names.agent(text('from')),
    status: t(`inbox.statuses.${text('to')}`, { defaultValue: text('to') }),
    rating: text('rating'),
    by: t(`events.actors.${text('by')}`, { defaultValue: t('events.actors.system') }),
    actor,
  };
  return t(`events.${kind}`, { ...words, defaultValue: t('events.other') });
}
