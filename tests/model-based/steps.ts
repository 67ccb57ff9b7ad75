/** What may happen, as data: numbers choose among what there is, so that every list of steps can be played. */
import fc from 'fast-check';
import { COMMANDS, type CommandName } from '../../core/conversation/types';

/** What becomes of the work after a commit. */
export type Fate =
  | 'done'
  /** The process died at once. */
  | 'lost'
  /** Hand-outs are served, every ring is lost. */
  | 'unrung'
  /** It is rung, no hand-out is served. */
  | 'unserved'
  /** Every projection is made twice, one after the other. */
  | 'repeated'
  /** Every ring and every hand-out reaches two processes at once. */
  | 'doubled';

export type Act =
  | {
      readonly do: 'write';
      readonly customer: number;
      readonly during: 'answer' | 'new' | null;
      /** Whether it reads as a rating. */
      readonly rating?: boolean | undefined;
    }
  | { readonly do: 'again' | 'repeat'; readonly earlier: number }
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
  | {
      readonly do:
        'come' | 'pause' | 'unpause' | 'silence' | 'expire' | 'heartbeat' | 'grace' | 'longPause';
      readonly agent: number;
    }
  | { readonly do: 'prioritise'; readonly on: number; readonly priority: number }
  /** Of one queue's line: to another queue, or closed. */
  | { readonly do: 'empty'; readonly from: number; readonly to: number | null }
  | { readonly do: 'leave'; readonly agent: number; readonly open: 'keep' | 'release' }
  | { readonly do: 'lapse'; readonly on: number }
  /** A signal sent by hand, without a row. */
  | {
      readonly do: 'signal';
      readonly name: CommandName;
      readonly on: number;
      readonly to: number;
      readonly key: number;
      readonly fits: boolean;
    }
  | { readonly do: 'join' | 'quit'; readonly agent: number; readonly to: number }
  | { readonly do: 'limit'; readonly agent: number; readonly units: number }
  | { readonly do: 'deliver'; readonly to: number; readonly how: 'auto' | 'offer' | 'manual' }
  | { readonly do: 'archive' };

export type Step =
  | { readonly act: Act; readonly fate: Fate }
  /** Its process dies in the work after the commit, before so many statements. */
  | { readonly act: Act; readonly dies: number }
  /** Several at once, by two processes. */
  | { readonly acts: readonly Act[] }
  /** Whoever can have a conversation wants it at once. */
  | { readonly claims: number }
  /** One message delivered to two processes at once. */
  | { readonly twice: number }
  /** Every row of hand_out served by all routers at once, of which one may be killed. */
  | { readonly race: 'hand-outs'; readonly dies?: number | null | undefined }
  /** A worker loads, and dies with the answer. */
  | { readonly deaf: number }
  | { readonly temporal: 'away' | 'back' }
  /** A worker stalls between decision and transaction; meanwhile more happens, most of it to that conversation. */
  | { readonly stall: number; readonly first: Act | null; readonly meanwhile: readonly Act[] }
  /** The same in two steps: load and decide, write. */
  | { readonly hold: number }
  | { readonly late: number }
  | { readonly wait: 'deadline' | number }
  | { readonly rest: true };

const index = fc.nat({ max: 11 });
const agent = fc.nat({ max: 2 });
const to = fc.nat({ max: 2 });
const dies = fc.nat({ max: 40 });
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
      rating: fc.constantFrom(false, false, true),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('again' as const, 'repeat' as const),
      earlier: index,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('rate' as const, 'end' as const), on: index }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('accept' as const, 'accept' as const, 'accept' as const, 'reject' as const, 'take' as const, 'reply' as const, 'reply' as const), // prettier-ignore
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
      to,
      behind: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('come' as const, 'come' as const, 'come' as const, 'come' as const, 'pause' as const, 'unpause' as const, 'silence' as const, 'expire' as const, 'heartbeat' as const, 'grace' as const, 'longPause' as const), // prettier-ignore
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
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({
        do: fc.constant('prioritise' as const),
        on: index,
        priority: fc.constantFrom(0, 5, 10),
      }),
      fc.record({
        do: fc.constant('empty' as const),
        from: to,
        to: fc.oneof(to, fc.constant(null)),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('signal' as const),
      name: fc.constantFrom(...COMMANDS),
      on: index,
      to,
      key: fc.nat({ max: 3 }),
      fits: fc.constantFrom(true, true, false),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({ do: fc.constantFrom('join' as const, 'join' as const, 'quit' as const), agent, to }), // prettier-ignore
      fc.record({ do: fc.constant('limit' as const), agent, units: fc.constantFrom(25, 50, 75) }),
      fc.record({
        do: fc.constant('deliver' as const),
        to,
        how: fc.constantFrom('auto' as const, 'auto' as const, 'offer' as const, 'offer' as const, 'manual' as const), // prettier-ignore
      }),
      fc.record({ do: fc.constant('archive' as const) }),
    ),
  },
);

/** A conversation that is held by a stalled worker is often claimed. */
const claim: fc.Arbitrary<Act> = fc.record({
  do: fc.constantFrom('accept' as const, 'take' as const, 'reject' as const),
  agent,
  on: index,
});

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 22,
    arbitrary: fc.record({
      act,
      fate: fc.constantFrom<Fate[]>('done', 'done', 'done', 'done', 'lost', 'lost', 'unrung', 'unserved', 'repeated', 'repeated', 'doubled'), // prettier-ignore
    }),
  },
  { weight: 1, arbitrary: fc.record({ act, dies }) },
  { weight: 2, arbitrary: fc.record({ acts: fc.array(act, { minLength: 2, maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ claims: index }) },
  { weight: 1, arbitrary: fc.record({ twice: fc.nat({ max: 4 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      race: fc.constant('hand-outs' as const),
      dies: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: dies }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ deaf: index }) },
  {
    weight: 1,
    arbitrary: fc.record({
      temporal: fc.constantFrom('away' as const, 'back' as const, 'back' as const),
    }),
  },
  {
    weight: 4,
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
