import type { EventShape, MessageShape } from '../../../contracts/conversation';
import { timelineOf } from './timeline-items';

const message = (seq: number, direction: 'in' | 'out', at: string): MessageShape =>
  ({ id: `${seq}`, seq, direction, createdAt: at }) as MessageShape;
const event = (id: number, afterSeq: number, at: string): EventShape =>
  ({ id, afterSeq, createdAt: at }) as EventShape;

const monday = '2026-11-16T12:00:00.000Z';
const tuesday = '2026-11-17T12:00:00.000Z';

const shown = (...given: Parameters<typeof timelineOf>): string[] =>
  timelineOf(...given).map((item) =>
    item.kind === 'events' ? `events ${item.events.map(({ id }) => id).join('+')}` : item.key,
  );

test('events stand behind the message after which they happened, runs of them together', () => {
  const messages = [message(1, 'in', monday), message(2, 'out', monday)];
  const events = [
    event(1, 0, monday),
    event(2, 1, monday),
    event(3, 1, monday),
    event(4, 2, monday),
  ];
  expect(shown(messages, events, null)).toEqual([
    `d${monday}`,
    'events 1',
    'm1',
    'events 2+3',
    'm2',
    'events 4',
  ]);
});

test('days are told apart', () => {
  const messages = [message(1, 'in', monday), message(2, 'in', tuesday)];
  const events = [event(1, 1, tuesday)];
  expect(shown(messages, events, null)).toEqual([
    `d${monday}`,
    'm1',
    `d${tuesday}`,
    'events 1',
    'm2',
  ]);
});

test('a line stands before the first message of the customer that is new', () => {
  const messages = [1, 2, 3, 4].map((seq) => message(seq, seq === 3 ? 'out' : 'in', monday));
  expect(shown(messages, [], 2)).toEqual([`d${monday}`, 'm1', 'm2', 'm3', 'new', 'm4']);
  expect(shown(messages, [], 4)).not.toContain('new');
});

test('events of messages that are not loaded come with them', () => {
  const messages = [message(11, 'in', monday)];
  const events = [event(1, 3, monday), event(2, 10, monday), event(3, 11, monday)];
  expect(shown(messages, events, null)).toEqual([`d${monday}`, 'events 2', 'm11', 'events 3']);
});

test('a conversation without messages shows its events', () => {
  expect(shown([], [event(1, 0, monday)], null)).toEqual([`d${monday}`, 'events 1']);
});
