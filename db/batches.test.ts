import { Batches } from './batches';

/** Runs that are ended by hand, with what each was asked. */
function runs() {
  const asked: (readonly number[])[] = [];
  const ends: { answer: (by: (n: number) => string) => void; fail: () => void }[] = [];
  const batches = new Batches<number, string>(
    (inputs) =>
      new Promise((resolve, reject) => {
        asked.push(inputs);
        ends.push({
          answer: (by) => resolve(inputs.map(by)),
          fail: () => reject(new Error('gone')),
        });
      }),
    3,
  );
  const begun = async (count: number): Promise<void> => {
    while (asked.length < count) await new Promise((next) => setImmediate(next));
  };
  return { asked, ends, batches, begun };
}

it('asks for a lone one at once, and for what came meanwhile together', async () => {
  const { asked, ends, batches, begun } = runs();
  const first = batches.ask(1);
  await begun(1);
  const later = [batches.ask(2), batches.ask(3)];
  expect(asked).toEqual([[1]]);
  ends[0]?.answer(String);
  expect(await first).toBe('1');
  await begun(2);
  ends[1]?.answer((n) => `answer ${n}`);
  expect(await Promise.all(later)).toEqual(['answer 2', 'answer 3']);
  expect(asked).toEqual([[1], [2, 3]]);
});

it('takes no more at a time than it may', async () => {
  const { asked, ends, batches, begun } = runs();
  const all = [1, 2, 3, 4, 5].map((n) => batches.ask(n));
  for (const at of [0, 1]) {
    await begun(at + 1);
    ends[at]?.answer(String);
  }
  await Promise.all(all);
  expect(asked).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
});

it('tells a failure to those whom it concerns, and goes on', async () => {
  const { ends, batches, begun } = runs();
  const failing = Promise.allSettled([batches.ask(1), batches.ask(2)]);
  await begun(1);
  const next = batches.ask(3);
  ends[0]?.fail();
  expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await begun(2);
  ends[1]?.answer(String);
  expect(await next).toBe('3');
});
