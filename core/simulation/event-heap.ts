/** What will happen, the earliest first; of equal instants, what was put in first. A binary heap. */
export interface Timed {
  readonly at: number;
}

export class EventHeap<T extends Timed> {
  private readonly heap: { readonly event: T; readonly no: number }[] = [];
  private count = 0;

  put(event: T): void {
    const { heap } = this;
    const entry = { event, no: this.count++ };
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(entry, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = entry;
  }

  /** When the next one is; infinity where there is none. */
  get nextAt(): number {
    return this.heap[0]?.event.at ?? Infinity;
  }

  /** Takes the next one out. */
  take(): T | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first?.event;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      let below = heap[child];
      const right = heap[child + 1];
      if (below !== undefined && right !== undefined && isBefore(right, below)) {
        child++;
        below = right;
      }
      if (below === undefined || !isBefore(below, last)) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = last;
    return first.event;
  }
}

type Entry = { readonly event: Timed; readonly no: number };

const isBefore = (a: Entry, b: Entry): boolean =>
  a.event.at < b.event.at || (a.event.at === b.event.at && a.no < b.no);
