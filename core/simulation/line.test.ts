import fc from 'fast-check';
import { WaitingLine, type InLine } from './line';

it('keeps its order, whoever comes and goes', () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(5), fc.boolean())), (acts) => {
      const line = new WaitingLine<InLine>();
      let expected: InLine[] = [];
      acts.forEach(([orderKey, goes], no) => {
        const gone = expected[orderKey];
        if (goes && gone) {
          line.remove(gone);
          line.remove(gone);
          expected = expected.filter((one) => one !== gone);
          return;
        }
        const one = { orderKey, no };
        line.put(one);
        expected.push(one);
        expected.sort((a, b) => a.orderKey - b.orderKey || a.no - b.no);
      });
      expect(line.length).toBe(expected.length);
      const seen: InLine[] = [];
      line.first((one) => {
        seen.push(one);
        return false;
      });
      expect(seen).toEqual(expected);
      const even = (one: InLine): boolean => one.orderKey % 2 === 0;
      expect(line.first(even)).toEqual(expected.find(even));
    }),
  ));
