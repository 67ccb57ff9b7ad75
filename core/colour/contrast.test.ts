import fc from 'fast-check';
import { contrast, READABLE, textOn } from './contrast';

it('counts as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 1);
  expect(contrast('#123456', '#123456')).toBe(1);
});

it('finds a readable text colour for every colour', () => {
  const colour = fc
    .integer({ min: 0, max: 0xffffff })
    .map((number) => `#${number.toString(16).padStart(6, '0')}`);
  fc.assert(fc.property(colour, (back) => contrast(back, textOn(back)) >= READABLE));
});
