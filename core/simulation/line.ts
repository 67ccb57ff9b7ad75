/** A waiting line: what stands in one queue by one kind of channel, in the order of the stored keys. */
export interface InLine {
  readonly orderKey: number;
  /** Of equal keys the lower number goes first. */
  readonly no: number;
}

export const isBefore = (a: InLine, b: InLine): boolean =>
  a.orderKey < b.orderKey || (a.orderKey === b.orderKey && a.no < b.no);

export class WaitingLine<T extends InLine> {
  private readonly row: T[] = [];

  get length(): number {
    return this.row.length;
  }

  put(one: T): void {
    this.row.splice(this.placeOf(one), 0, one);
  }

  /** Takes it out; nothing happens where it does not stand here. */
  remove(one: T): void {
    const at = this.placeOf(one);
    if (this.row[at] === one) this.row.splice(at, 1);
  }

  /** The first that fits. */
  first(fits: (one: T) => boolean): T | undefined {
    return this.row.find(fits);
  }

  /** All of them, in order. */
  all(): readonly T[] {
    return this.row;
  }

  private placeOf(one: T): number {
    let [low, high] = [0, this.row.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = this.row[middle];
      if (there !== undefined && isBefore(there, one)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
