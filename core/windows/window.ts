/** Messaging windows: how long after the customer's last message a channel lets us write freely. */
const DAY = 24 * 60 * 60 * 1000;

/** How long a customer's message lets us write freely where the channel has a window at all. */
export const FREE_WINDOW_MS = DAY;

/**
 * `none`: always. `24h`: free text for 24 hours after the customer's last message, then templates only.
 * `7d`: 24 hours, then up to 7 days for a person's reply that carries the human-agent tag, then nothing.
 */
export type WindowMode = 'none' | '24h' | '7d';

/**
 * When the free window closes after a customer's message: 24 hours after the vendor's time, which counts only up
 * to our own now, and never earlier than it stood. Null where the channel has no window. Milliseconds.
 */
export function windowAfter(
  mode: WindowMode,
  previous: number | null,
  sentAt: number,
  now: number,
): number | null {
  if (mode === 'none') return null;
  return Math.max(previous ?? 0, Math.min(sentAt, now) + FREE_WINDOW_MS);
}

/** What may be sent now: anything, a person's reply with the human-agent tag, or nothing but a template. */
export type Allowed = 'free' | 'human-tag' | 'template';

/** `expiresAt` is the end of the free window; the tag's time ends 6 days after it. */
export function allowed(mode: WindowMode, expiresAt: number | null, now: number): Allowed {
  if (mode === 'none' || expiresAt === null || now < expiresAt) return 'free';
  return mode === '7d' && now < expiresAt + 6 * DAY ? 'human-tag' : 'template';
}

/**
 * When an answer begins to be urgent: with the last quarter of the free window. Null where there is no window, or where
 * it has closed and haste is too late.
 */
export function urgentFrom(expiresAt: number | null, now: number): number | null {
  return expiresAt === null || expiresAt <= now ? null : expiresAt - FREE_WINDOW_MS / 4;
}
