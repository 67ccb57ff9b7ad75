import { ChannelSlots } from './channel-slots';

const entered = (slots: ChannelSlots, channel: string): number => {
  let count = 0;
  while (slots.enter(channel) === 'entered') count++;
  return count;
};

test('a channel has a share of the slots, one in trouble hardly any, and others are not touched', () => {
  const slots = new ChannelSlots();
  expect(entered(slots, 'a')).toBe(40);
  expect(entered(slots, 'b')).toBe(40);
  slots.note('a', { kind: 'retry', code: 'TIMEOUT' });
  for (let n = 0; n < 39; n++) slots.leave('a');
  expect(entered(slots, 'a')).toBe(1);
  expect(slots.enter('a')).toEqual({ againInMs: expect.any(Number) });
  slots.leave('b');
  expect(slots.enter('b')).toBe('entered');
});

test('it has them again with the first answer, be it a refusal', () => {
  const slots = new ChannelSlots();
  slots.enter('a');
  slots.note('a', { kind: 'retry', code: 'UNREACHABLE' });
  slots.leave('a');
  expect(entered(slots, 'a')).toBe(2);
  slots.note('a', { kind: 'retry', code: 'HTTP_503' });
  expect(entered(slots, 'a')).toBe(38);
});

test('who finds no slot is told when to come back', () => {
  const slots = new ChannelSlots();
  entered(slots, 'a');
  const busy = slots.enter('a') as { againInMs: number };
  slots.note('a', { kind: 'retry', code: 'TIMEOUT' });
  const hanging = slots.enter('a') as { againInMs: number };
  expect(busy.againInMs).toBeLessThanOrEqual(2_000);
  expect(hanging.againInMs).toBeGreaterThanOrEqual(15_000);
  expect(hanging.againInMs).toBeLessThanOrEqual(30_000);
});
