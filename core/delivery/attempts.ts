/** When a message that could not be sent is tried again, and when that is given up. Milliseconds. */
const SECOND = 1000;
const LONGEST_PAUSE = 5 * 60 * SECOND;

/** A message that could not be sent in this time is failed: its moment is over. */
export const GIVE_UP_AFTER = 24 * 60 * 60 * SECOND;

/**
 * The pause after the `attempts`-th attempt: 1 s, 2 s, 4 s and so on up to 5 min, or what the receiver asked for.
 */
export function pauseAfter(attempts: number, askedMs?: number): number {
  if (askedMs !== undefined) return askedMs;
  return Math.min(SECOND * 2 ** Math.min(attempts - 1, 20), LONGEST_PAUSE);
}
