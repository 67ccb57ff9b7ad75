/** Customers who come back to a queue, and the agent who was the last to speak with them there. */

/** As stored in a queue's settings; every field has a default. */
export interface ReturningSettings {
  /** `prefer`: that agent goes first; `wait`: it is kept for a while for one who is there but full; `off`. */
  readonly mode?: 'prefer' | 'wait' | 'off' | undefined;
  /** How long it is kept, milliseconds. */
  readonly waitMs?: number | undefined;
  /** How long an agent is remembered. */
  readonly days?: number | undefined;
}

export interface Returning {
  readonly mode: 'prefer' | 'wait' | 'off';
  readonly waitMs: number;
  readonly days: number;
}

/** The settings with their defaults: preferred, remembered for 99 days, kept for a minute where it is kept. */
export const returningOf = (settings: ReturningSettings | undefined): Returning => ({
  mode: settings?.mode ?? 'prefer',
  waitMs: settings?.waitMs ?? 60_000,
  days: settings?.days ?? 99,
});
