import { pulse } from './pulse';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('what is hit often is done at once, and once more after the pause', async () => {
  const act = jest.fn(() => Promise.resolve());
  const beat = pulse(act, 1_000);
  for (let hits = 0; hits < 50; hits++) beat.hit();
  expect(act).toHaveBeenCalledTimes(1);
  await jest.advanceTimersByTimeAsync(999);
  expect(act).toHaveBeenCalledTimes(1);
  await jest.advanceTimersByTimeAsync(1);
  expect(act).toHaveBeenCalledTimes(2);
  await jest.advanceTimersByTimeAsync(5_000);
  expect(act).toHaveBeenCalledTimes(2);
});

test('a failure does not stop it, a stop does', async () => {
  const act = jest.fn(() => Promise.reject(new Error('away')));
  const beat = pulse(act, 1_000);
  beat.hit();
  await jest.advanceTimersByTimeAsync(1_000);
  beat.hit();
  expect(act).toHaveBeenCalledTimes(2);
  beat.hit();
  beat.stop();
  await jest.advanceTimersByTimeAsync(5_000);
  beat.hit();
  expect(act).toHaveBeenCalledTimes(2);
});
