/** What may happen, as data: numbers choose among what there is, so that every list of steps can be played. */
import fc from 'fast-check';
import type { CommandName } from '../../core/conversation/types';

/** What becomes of the work after a commit: done at once, lost with its process, or every projection made twice. */
export type Fate = 'done' | 'lost' | 'repeated';

export type Act =
  | { readonly do: 'write'; readonly customer: number; readonly during: 'answer' | 'new' | null }
  | { readonly do: 'again'; readonly message: number }
  | { readonly do: 'rate' | 'end'; readonly on: number }
  | {
      readonly do: 'accept' | 'reject' | 'take' | 'reply';
      readonly agent: number;
      readonly on: number;
    }
  | {
      readonly do: 'command';
      readonly name: CommandName;
      readonly by: 'agent' | 'owner' | 'supervisor' | 'system';
      readonly agent: number;
      readonly on: number;
      readonly to: number;
      /** Whether its giver has not seen the last message. */
      readonly behind: boolean;
    }
  | { readonly do: 'come' | 'pause' | 'unpause' | 'silence' | 'grace'; readonly agent: number }
  | { readonly do: 'leave'; readonly agent: number; readonly open: 'keep' | 'release' }
  | { readonly do: 'lapse'; readonly on: number };

export type Step =
  | { readonly act: Act; readonly fate: Fate }
  /** Several at once, by two processes. */
  | { readonly acts: readonly Act[] }
  /** Every row of hand_out served by two routers at once. */
  | { readonly race: 'hand-outs' }
  /** A worker stalls between decision and transaction; meanwhile more happens, most of it to that conversation. */
  | { readonly stall: number; readonly first: Act | null; readonly meanwhile: readonly Act[] }
  /** The same in two steps: load and decide, write. */
  | { readonly hold: number }
  | { readonly late: number }
  | { readonly wait: 'deadline' | number }
  | { readonly rest: true };

const index = fc.nat({ max: 11 });
const agent = fc.nat({ max: 2 });
const PEOPLE: readonly CommandName[] = [
  'solve',
  'solve',
  'close',
  'setWaiting',
  'resume',
  'transferToQueue',
  'transferToAgent',
  'assignTo',
  'release',
  'surveySkipped',
  'closeWaiting',
];

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      customer: fc.nat({ max: 4 }),
      during: fc.constantFrom('answer' as const, 'new' as const, 'new' as const, null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('again' as const), message: index }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('rate' as const, 'end' as const), on: index }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('accept' as const, 'accept' as const, 'reject' as const, 'take' as const, 'reply' as const), // prettier-ignore
      agent,
      on: index,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('command' as const),
      name: fc.constantFrom(...PEOPLE),
      by: fc.constantFrom('agent' as const, 'owner' as const, 'owner' as const, 'supervisor' as const, 'supervisor' as const, 'system' as const), // prettier-ignore
      agent,
      on: index,
      to: fc.nat({ max: 2 }),
      behind: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('come' as const, 'come' as const, 'pause' as const, 'unpause' as const, 'silence' as const, 'grace' as const), // prettier-ignore
      agent,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('leave' as const),
      agent,
      open: fc.constantFrom('keep' as const, 'release' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lapse' as const), on: index }) },
);

/** A conversation that is held by a stalled worker is often claimed. */
const claim: fc.Arbitrary<Act> = fc.record({
  do: fc.constantFrom('accept' as const, 'take' as const, 'reject' as const),
  agent,
  on: index,
});

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.record({
      act,
      fate: fc.constantFrom('done' as const, 'done' as const, 'lost' as const, 'repeated' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ acts: fc.array(act, { minLength: 2, maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.constant({ race: 'hand-outs' as const }) },
  {
    weight: 5,
    arbitrary: fc.record({
      stall: index,
      first: fc.option(act, { freq: 3 }),
      meanwhile: fc.array(fc.oneof(act, act, claim), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ hold: index }) },
  { weight: 1, arbitrary: fc.record({ late: index }) },
  {
    weight: 2,
    arbitrary: fc.record({
      wait: fc.oneof(fc.constant('deadline' as const), fc.integer({ min: 1, max: 100 })),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ rest: true as const }) },
);
