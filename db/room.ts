/** Whether Postgres has room on its disk, as far as its own answers say. */

const FULL = '53100';

export class Room {
  private short = false;

  /** True since a statement failed for want of room, until one that needs room succeeds. */
  get isShort(): boolean {
    return this.short;
  }

  /** Takes note of what a statement failed with. */
  note(error: unknown): void {
    if (isFull(error)) this.short = true;
  }

  found(): void {
    this.short = false;
  }
}

/** True for the error of a Postgres whose disk is full. */
export const isFull = (error: unknown): boolean => (error as { code?: unknown }).code === FULL;
