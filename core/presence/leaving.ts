/** What becomes of an agent's conversations when the agent signs out. */

/** What an agent may still hold. */
export const HELD = ['open', 'waiting', 'solved'] as const;
export type HeldStatus = (typeof HELD)[number];

/**
 * The rule of the house: `ask` refuses until the request says what to do; `keep` and `release` are done unless it says
 * otherwise; `refuseWhile` lets no agent go who holds something in one of these statuses, and asks of the rest.
 */
export type LogoutPolicy =
  'ask' | 'keep' | 'release' | { readonly refuseWhile: readonly HeldStatus[] };

/** How many conversations an agent holds, by status. */
export type Held = Readonly<Partial<Record<HeldStatus, number>>>;

export type Leave =
  | { readonly may: true; readonly then: 'keep' | 'release' }
  | {
      readonly may: false;
      readonly code: 'OPEN_CONVERSATIONS' | 'LOGOUT_REFUSED';
      /** What stands in the way. */
      readonly details: { readonly count: number; readonly statuses: Held };
    };

/**
 * Says whether an agent may go, and what becomes of what is open or waits. `wish` is what the request asks for.
 * `freely` is true where somebody who may send agents home does it: `refuseWhile` then only asks.
 */
export function leaving(
  policy: LogoutPolicy,
  held: Held,
  wish: 'keep' | 'release' | undefined,
  freely: boolean,
): Leave {
  if (typeof policy === 'object' && !freely) {
    const these = only(held, policy.refuseWhile);
    if (sum(these) > 0) return refused('LOGOUT_REFUSED', these);
  }
  // What is solved asks for nobody any more.
  const live = only(held, ['open', 'waiting']);
  if (wish !== undefined || sum(live) === 0) return { may: true, then: wish ?? 'keep' };
  if (policy === 'keep' || policy === 'release') return { may: true, then: policy };
  return refused('OPEN_CONVERSATIONS', live);
}

const refused = (code: 'OPEN_CONVERSATIONS' | 'LOGOUT_REFUSED', statuses: Held): Leave => ({
  may: false,
  code,
  details: { count: sum(statuses), statuses },
});

const only = (held: Held, statuses: readonly HeldStatus[]): Held =>
  Object.fromEntries(
    statuses.flatMap((status) => {
      const count = held[status] ?? 0;
      return count > 0 ? [[status, count]] : [];
    }),
  );

const sum = (held: Held): number => Object.values(held).reduce((total, count) => total + count, 0);
