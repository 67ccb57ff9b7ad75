import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decide, type Decision, type Item } from './decide';
import { clockOf } from '../hours/clock';
import { NO_PLACE } from '../routing/place';
import { deadlinesAfter, due, earliest } from './deadlines';
import { placeAfter } from './place-after';
import { stateDiagram } from './diagram';
import { claimRefusal, COMMAND_RULES, refusal } from './states';
import {
  CLAIMS,
  COMMANDS,
  DEADLINES,
  type CommandName,
  type ConversationState,
  type Deadlines,
  type Giver,
  type Policy,
} from './types';

const POLICY: Policy = {
  version: 1,
  delivery: 'offer',
  offerMs: 20_000,
  roundPauseMs: 10_000,
  missedOffersToPause: 2,
  survey: true,
  surveyMs: 600_000,
  confirmMs: 86_400_000,
  waitingMs: 604_800_000,
  firstResponseMs: 300_000,
  idleMs: 1_800_000,
  reopenMs: 1_209_600_000,
  ladder: [
    { afterMs: 40_000, do: 'notify' },
    { afterMs: 60_000, do: 'overflow', queueId: 'q2' },
    { afterMs: 90_000, do: 'close' },
  ],
  relaxSkillsMs: 30_000,
  transferMs: 20_000,
};
const NONE = Object.fromEntries(DEADLINES.map((name) => [name, null])) as Deadlines;
const AGENT = 'agent-1';
const OTHER = 'agent-2';

const fresh: ConversationState = {
  id: 'c',
  channelId: 'ch',
  channelKind: 'live-chat',
  customerRef: 'i',
  chatLike: true,
  version: 1,
  status: 'open',
  placement: 'queued',
  survey: 'none',
  queueId: 'q',
  ownerId: null,
  lastAgentId: null,
  transferToId: null,
  claimNo: 0,
  priority: 0,
  place: { ...NO_PLACE, queuedSince: 0, lineSince: 0 },
  needsSkills: true,
  windowExpiresAt: 50_000_000,
  excluded: 0,
  superseded: false,
  closedAt: null,
  closedAfterSeq: null,
  lastInSeq: 1,
  lastOutSeq: 0,
  replied: false,
  deadlines: NONE,
  policy: POLICY,
};

/** What a projection would store, with every agent logged in or nobody. */
function apply(
  s: ConversationState,
  d: Decision,
  loggedIn: boolean,
  now: number,
): ConversationState {
  if (d.outcome !== 'applied') return s;
  let { change } = d;
  if (d.settle?.kind === 'mustBeLoggedIn' && !loggedIn) return s;
  if (d.settle?.kind === 'returnTo' && loggedIn) {
    change = {
      ...change,
      placement: 'assigned',
      ownerId: d.settle.agentId,
      queuedSince: null,
      front: false,
    };
  }
  if (d.settle?.kind === 'surveyIfWindowOpen') change = { ...change, survey: 'running' };
  if (d.settle?.kind === 'lapse') change = { ...change, placement: 'queued', ownerId: null };
  const ownerId = change.ownerId === undefined ? s.ownerId : change.ownerId;
  const after: ConversationState = {
    ...s,
    version: s.version + 1,
    status: change.status ?? s.status,
    placement: change.placement === undefined ? s.placement : change.placement,
    survey: change.survey ?? s.survey,
    ownerId,
    lastAgentId: ownerId ?? s.lastAgentId,
    excluded: change.clearExcluded ? 0 : d.settle?.kind === 'lapse' ? s.excluded + 1 : s.excluded,
    queueId: change.queueId ?? s.queueId,
    transferToId: change.transferToId ?? null,
  };
  const closing = after.status === 'closed' && s.status !== 'closed';
  const ended: Partial<ConversationState> = closing
    ? { closedAt: now, closedAfterSeq: s.lastInSeq }
    : after.status === 'closed'
      ? {}
      : { closedAt: null, closedAfterSeq: null };
  const place = placeAfter(s, change, now);
  const snooze = change.snoozeUntil === undefined ? s.deadlines.snooze : change.snoozeUntil;
  const deadlines = deadlinesAfter(
    { ownerId: s.ownerId, deadlines: { ...s.deadlines, snooze } },
    { ...after, place, quietSince: now },
    clockOf(null, now),
  );
  return { ...after, ...ended, place, deadlines };
}

const givers: readonly Giver[] = [
  { kind: 'customer' },
  { kind: 'agent', id: AGENT },
  { kind: 'agent', id: OTHER },
  { kind: 'supervisor', id: 'boss' },
  { kind: 'system' },
  { kind: 'operator' },
];
const step = fc.oneof(
  fc.record({
    name: fc.constantFrom(...COMMANDS),
    giver: fc.constantFrom(...givers),
    agentId: fc.constantFrom(AGENT, OTHER),
  }),
  fc.constant('time' as const),
  fc.constantFrom('offer' as const, 'accept' as const, 'message' as const),
);

/** Walks one step; answers the new state and the new now. */
function walk(
  s: ConversationState,
  what: unknown,
  loggedIn: boolean,
  now: number,
): [ConversationState, number] {
  if (what === 'time') {
    const next = earliest(s.deadlines);
    if (!next) return [s, now];
    const at = Math.max(now, next.at);
    const name = due(s.deadlines, at);
    return name ? [apply(s, decide(s, { kind: 'deadline', name }, at), loggedIn, at), at] : [s, at];
  }
  if (what === 'message') return [{ ...s, lastInSeq: s.lastInSeq + 1 }, now];
  if (what === 'offer' || what === 'accept') {
    if (claimRefusal(s, what)) return [s, now];
    const placement = what === 'offer' ? ('offered' as const) : ('assigned' as const);
    const after = { ...s, placement, ownerId: AGENT, lastAgentId: AGENT };
    const deadlines = deadlinesAfter(s, { ...after, quietSince: now }, clockOf(null, now));
    return [{ ...after, claimNo: s.claimNo + 1, deadlines }, now];
  }
  const { name, giver, agentId } = what as { name: CommandName; giver: Giver; agentId: string };
  const args = name === 'assignTo' || name === 'transferToAgent' ? { agentId } : {};
  const item: Item = {
    kind: 'command',
    command: { number: 1, name, giver, args, afterSeq: s.lastInSeq },
  };
  return [apply(s, decide(s, item, now), loggedIn, now), now];
}

const walks = fc.tuple(fc.array(step, { maxLength: 40 }), fc.infiniteStream(fc.boolean()));

describe('the state table, walked at random', () => {
  it('never leaves a conversation without an owner, a place in line or a deadline', () => {
    fc.assert(
      fc.property(walks, ([steps, luck]) => {
        let [s, now]: [ConversationState, number] = [fresh, 1_000_000];
        for (const what of steps) {
          [s, now] = walk(s, what, luck.next().value as boolean, now);
          const placed = s.placement === 'queued' || s.ownerId !== null;
          const held =
            s.status === 'open' ? placed : s.status === 'closed' || earliest(s.deadlines) !== null;
          expect(held).toBe(true);
        }
      }),
    );
  });

  it('keeps owner and placement in step, and a survey only while solved', () => {
    fc.assert(
      fc.property(walks, ([steps, luck]) => {
        let [s, now]: [ConversationState, number] = [fresh, 1_000_000];
        for (const what of steps) {
          [s, now] = walk(s, what, luck.next().value as boolean, now);
          expect(s.ownerId !== null).toBe(s.placement === 'offered' || s.placement === 'assigned');
          if (s.status === 'closed') expect(s.placement).toBeNull();
          if (s.survey === 'running') expect(s.status).toBe('solved');
          if (s.status === 'open') expect(s.placement).not.toBeNull();
        }
      }),
    );
  });

  it('has no dead end: with time alone, whatever is not in line or held ends closed', () => {
    fc.assert(
      fc.property(walks, ([steps, luck]) => {
        let [s, now]: [ConversationState, number] = [fresh, 1_000_000];
        for (const what of steps) [s, now] = walk(s, what, luck.next().value as boolean, now);
        for (let i = 0; i < 20 && earliest(s.deadlines); i++)
          [s, now] = walk(s, 'time', false, now);
        expect(s.status === 'closed' || s.placement === 'queued').toBe(true);
      }),
    );
  });

  it('answers an illegal command with a code and no change', () => {
    fc.assert(
      fc.property(walks, step, ([steps, luck], last) => {
        let [s, now]: [ConversationState, number] = [fresh, 1_000_000];
        for (const what of steps) [s, now] = walk(s, what, luck.next().value as boolean, now);
        if (typeof last === 'string') return;
        const args = { agentId: last.agentId };
        const item: Item = {
          kind: 'command',
          command: { number: 1, name: last.name, giver: last.giver, args, afterSeq: 0 },
        };
        const d = decide(s, item, now);
        if (refusal(s, last.name, last.giver, args)) {
          expect(d.outcome).not.toBe('applied');
          expect(d.change).toEqual({});
          expect(d.settle).toBeNull();
        }
      }),
    );
  });
});

describe('who may do what', () => {
  const held: ConversationState = { ...fresh, placement: 'assigned', ownerId: AGENT };
  const solved: ConversationState = { ...held, status: 'solved' };
  const surveying: ConversationState = { ...solved, survey: 'running' };
  const closed: ConversationState = { ...fresh, status: 'closed', placement: null };
  const agent: Giver = { kind: 'agent', id: AGENT };
  const table: [string, ConversationState, CommandName, Giver, string | null][] = [
    ['the assignee solves', held, 'solve', agent, null],
    ['another agent does not', held, 'solve', { kind: 'agent', id: OTHER }, 'NOT_ASSIGNEE'],
    ['a supervisor may', held, 'solve', { kind: 'supervisor', id: 'x' }, null],
    ['the customer of a live chat may', held, 'solve', { kind: 'customer' }, null],
    [
      'not on other channels',
      { ...held, channelKind: 'open' },
      'solve',
      { kind: 'customer' },
      'FORBIDDEN',
    ],
    ['solved is locked for people', solved, 'setWaiting', agent, 'CONVERSATION_SOLVED'],
    ['no transfer out of solved', solved, 'transferToQueue', agent, 'CONVERSATION_SOLVED'],
    ['nor out of the survey', surveying, 'transferToQueue', agent, 'CONVERSATION_IN_SURVEY'],
    ['solved may be closed', solved, 'close', agent, null],
    ['closed is final', closed, 'close', { kind: 'supervisor', id: 'x' }, 'CONVERSATION_CLOSED'],
    ['waiting only when held', fresh, 'setWaiting', { kind: 'supervisor' }, 'ILLEGAL_TRANSITION'],
    ['resume only what waits', held, 'resume', agent, 'ILLEGAL_TRANSITION'],
    [
      'a rating only while asked',
      solved,
      'surveyAnswered',
      { kind: 'customer' },
      'ILLEGAL_TRANSITION',
    ],
    ['a rating while asked', surveying, 'surveyAnswered', { kind: 'customer' }, null],
    ['an agent cannot assign', held, 'assignTo', agent, 'FORBIDDEN'],
    ['an agent cannot release', held, 'release', agent, 'FORBIDDEN'],
    [
      'closing time leaves the held alone',
      held,
      'closeWaiting',
      { kind: 'system' },
      'ILLEGAL_TRANSITION',
    ],
  ];
  it.each(table)('%s', (_, state, name, giver, expected) => {
    expect(refusal(state, name, giver, {})).toBe(expected);
  });

  it('says of a second taker that it was taken, of a late accept that the offer is gone', () => {
    expect(claimRefusal(held, 'take')).toBe('ALREADY_TAKEN');
    expect(claimRefusal(fresh, 'accept')).toBe('OFFER_GONE');
    expect(CLAIMS.map((c) => claimRefusal(closed, c))).toEqual(
      CLAIMS.map(() => 'CONVERSATION_CLOSED'),
    );
  });

  it('leaves a conversation alone that has moved on since its release was asked for', () => {
    const release = (args: object): string =>
      decide(
        held,
        {
          kind: 'command',
          command: { number: 1, name: 'release', giver: { kind: 'system' }, args, afterSeq: 1 },
        },
        0,
      ).outcome;
    expect(release({ agentId: AGENT, claimNo: held.claimNo })).toBe('applied');
    expect(release({ agentId: AGENT, claimNo: held.claimNo - 1 })).toBe('ILLEGAL_TRANSITION');
    expect(release({ agentId: OTHER })).toBe('ILLEGAL_TRANSITION');
  });

  it('closes a superseded conversation once, however many of its messages are still to be decided', () => {
    const message = (state: ConversationState): Decision =>
      decide(
        { ...state, superseded: true, lastInSeq: 3 },
        {
          kind: 'command',
          command: {
            ...{ number: 1, name: 'customerMessage', giver: { kind: 'customer' }, args: {} },
            afterSeq: 3,
          },
        },
        0,
      );
    expect(message(surveying).events).toMatchObject([{ kind: 'closed' }]);
    const again = message({ ...closed, closedAfterSeq: 1 });
    expect(again).toMatchObject({ change: {}, settle: { kind: 'moveMessages' }, events: [] });
  });
});

it('is the diagram that docs/conversation-states.md shows', () => {
  const page = readFileSync(join(__dirname, '../../docs/conversation-states.md'), 'utf8');
  // The formatter aligns tables: only that may differ.
  const plain = (text: string): string => text.replace(/ +/g, ' ').replace(/-+/g, '-');
  expect(plain(page)).toContain(plain(stateDiagram()));
  expect(Object.keys(COMMAND_RULES)).toEqual([...COMMANDS]);
});
