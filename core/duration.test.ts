import { durationInWords } from './duration';

describe('durations in words', () => {
  it.each([
    [0, '0 ms'],
    [350.4, '350 ms'],
    [1000, '1 s'],
    [20_000, '20 s'],
    [59_999, '1 min'],
    [61_000, '1 min 1 s'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 min'],
    [86_403_000, '1 d'],
    [604_800_000, '7 d'],
    [100_000_000, '1 d 3 h'],
  ])('%d ms is %s', (ms, words) => expect(durationInWords(ms)).toBe(words));
});
