import fc from 'fast-check';
import { EventHeap } from './event-heap';

it('gives back what was put in by its time, and equals in the order in which they came', () =>
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
      const heap = new EventHeap<{ at: number; no: number }>();
      const events = times.map((at, no) => ({ at, no }));
      for (const event of events) heap.put(event);
      const sorted = [...events].sort((a, b) => a.at - b.at || a.no - b.no);
      const taken = sorted.map((event) => {
        expect(heap.nextAt).toBe(event.at);
        return heap.take();
      });
      expect(taken).toEqual(sorted);
      expect([heap.take(), heap.nextAt]).toEqual([undefined, Infinity]);
    }),
  ));

it('keeps its order while some come and others go', () => {
  const heap = new EventHeap<{ at: number }>();
  for (let at = 100; at > 0; at--) heap.put({ at });
  let last = 0;
  for (let n = 0; n < 300; n++) {
    const { at } = heap.take() ?? { at: -1 };
    expect(at).toBeGreaterThanOrEqual(last);
    last = at;
    heap.put({ at: at + ((n * 37) % 50) });
  }
});
