import { readRating } from './rating';

describe('a typed rating', () => {
  it.each([
    ['9', 9, null],
    [' 10 ', 10, null],
    ['10/10', 10, null],
    ['7 / 10', 7, null],
    ['8, thank you', 8, 'thank you'],
    ['1 - slow', 1, 'slow'],
    ['5\nwas fine', 5, 'was fine'],
    ['10!', 10, null],
  ])('%j', (text, rating, comment) => expect(readRating(text)).toEqual({ rating, comment }));
  it.each([
    '0',
    '11',
    '100',
    '9.5.2026 is my birthday?',
    'ten',
    '',
    '2 of my parcels are missing',
    '-3',
    '3rd time I ask',
  ])('is not %j', (text) => expect(readRating(text)).toBeNull());
});
