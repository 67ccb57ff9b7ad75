/** Deadlines are the server's: a computer whose clock is wrong must still count down to the right instant. */

/** An answer's Date has whole seconds and its way takes time: less than this is no error of the clock. */
const TOLERATED_MS = 2_000;

let aheadMs = 0;

/** Takes over what an answer's `Date` header says. */
export function noteServerTime(date: string | null): void {
  const server = Date.parse(date ?? '');
  if (Number.isNaN(server)) return;
  const off = server - Date.now();
  aheadMs = Math.abs(off) > TOLERATED_MS ? off : 0;
}

/** Now by the server's clock, milliseconds since 1970. */
export const serverNow = (): number => Date.now() + aheadMs;
