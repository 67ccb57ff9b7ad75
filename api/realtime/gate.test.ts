import { Gate } from './gate';

test('lets so many through at a time, in order, and goes on after a failure', async () => {
  const gate = new Gate(2);
  let inside = 0;
  let most = 0;
  const order: number[] = [];
  const work = (n: number): Promise<void> =>
    gate.run(async () => {
      order.push(n);
      most = Math.max(most, ++inside);
      await new Promise(setImmediate);
      inside--;
      if (n === 1) throw new Error('one of them fails');
    });
  const all = await Promise.allSettled([0, 1, 2, 3, 4].map(work));
  expect(all.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
  expect({ most, order }).toEqual({ most: 2, order: [0, 1, 2, 3, 4] });
});
