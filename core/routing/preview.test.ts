import fc from 'fast-check';
import { anyCandidates, idle } from '../../tests/support/candidates';
import type { Candidate } from './candidate';
import { DISTRIBUTIONS } from './distribution/distributions';
import { ELIGIBILITIES } from './eligibility/eligibility';
import { NO_WISHES } from './wishes';
import { previewLine, type InLine, type LinePolicy, type PreviewInput } from './preview';

const policy: LinePolicy = {
  ...{ delivery: 'auto', eligibility: 'capacity', distribution: 'linear' },
  ...{ weight: 0, settings: {} },
};
const waits = (number: number, more: Partial<InLine> = {}): InLine => ({
  ...{ id: `c${number}`, number, kind: 'live-chat', claimNo: 0, excluded: [] },
  ...{ priority: 0, queuedSince: number * 60_000, front: false, urgent: false },
  ...{ line: '', wishes: NO_WISHES },
  ...more,
});
const agent = (agentId: string, more: object = {}) => ({
  ...idle,
  ...{ agentId, position: agentId.charCodeAt(0) },
  ...more,
});

function preview(
  line: readonly InLine[],
  agents: readonly Candidate[],
  after: Partial<LinePolicy> = {},
  more: Partial<PreviewInput> = {},
) {
  const all = previewLine({
    ...{ line, before: policy, after: { ...policy, ...after }, open: true, now: 1 },
    skills: new Map([['A', ['french']]]),
    candidates: new Map([['live-chat', agents]]),
    ...more,
  });
  return [...all].map(
    ({ number, then, agentId, reason }) => `${number}>${then} ${agentId ?? reason}`,
  );
}

const three = [1, 2, 3].map((number) => waits(number));

describe('a preview', () => {
  it('gives as much as there is room for, first in line first', () =>
    expect(preview(three, [agent('A', { maxUnits: 50 })])).toEqual([
      '1>1 A',
      '2>2 A',
      '3>3 all full',
    ]));

  it('goes from one agent to the next as they fill', () => {
    const agents = [agent('A', { usedUnits: 75 }), agent('B', { usedUnits: 75 })];
    expect(preview(three, agents)).toEqual(['1>1 A', '2>2 B', '3>3 all full']);
    const free = [agent('A'), agent('B')];
    expect(preview(three, free, { distribution: 'least-loaded' })).toEqual([
      '1>1 A',
      '2>2 B',
      '3>3 A',
    ]);
  });

  it('counts what it has given by the new rule', () => {
    expect(preview(three, [agent('A')], { eligibility: 'incall' })).toEqual([
      '1>1 A',
      '2>2 all full',
      '3>3 all full',
    ]);
    const most = { eligibility: 'nocall', settings: { maxPerAgent: 2 } } as const;
    expect(preview(three, [agent('A')], most)).toEqual(['1>1 A', '2>2 A', '3>3 all full']);
    const kind = agent('A', { mostOfKind: 1 });
    expect(preview(three, [kind])).toEqual(['1>1 A', '2>2 all full', '3>3 all full']);
  });

  it('leaves a line that agents take from', () => {
    for (const after of [
      { delivery: 'manual' },
      { eligibility: 'ringall' },
      { distribution: 'ring-all' },
    ] as const)
      expect(preview([waits(1)], [agent('A')], after)).toEqual(['1>1 left to agents']);
  });

  it('leaves a line that would be closed, or where nobody is in', () => {
    expect(preview([waits(1)], [agent('A')], {}, { open: false })).toEqual(['1>1 closed']);
    const away = agent('A', { state: 'paused' });
    expect(preview([waits(1)], [away])).toEqual(['1>1 nobody in']);
  });

  it('passes over who rejected it in this round, for that one only', () => {
    const line = [waits(1, { excluded: ['A'] }), waits(2)];
    expect(preview(line, [agent('A')])).toEqual(['1>1 offer ignored', '2>2 A']);
  });

  it('orders the line anew where weight or aging change, and only then', () => {
    // The second one came a minute later, with two points more.
    const line = [waits(2, { priority: 2 }), waits(1)];
    const places = (after: Partial<LinePolicy>) => preview(line, [], after);
    expect(places({ settings: { offerMs: 5 } })).toEqual(['2>1 nobody in', '1>2 nobody in']);
    expect(places({ weight: 3 })).toEqual(['2>1 nobody in', '1>2 nobody in']);
    // Aging by a second makes two points worth two seconds.
    const aging = { settings: { agingMinutes: 1 / 60 } };
    expect(places(aging)).toEqual(['1>1 nobody in', '2>2 nobody in']);
    const front = [...line, waits(3, { front: true })];
    expect(preview(front, [], aging)[0]).toBe('3>1 nobody in');
  });

  it('gives nobody more than there is room for, and leaves nobody whom somebody may get', () =>
    fc.assert(
      fc.property(
        anyCandidates,
        fc.constantFrom(...ELIGIBILITIES),
        fc.constantFrom(...DISTRIBUTIONS),
        fc.integer({ min: 0, max: 8 }),
        (agents, eligibility, distribution, count) => {
          const line = Array.from({ length: count }, (_, n) => waits(n + 1));
          const input = {
            ...{ line, before: policy, open: true, now: 1 },
            after: { ...policy, eligibility, distribution },
          };
          const candidates = new Map([['live-chat', agents]]);
          const fates = [...previewLine({ ...input, candidates, skills: new Map() })];
          expect(fates.map(({ id }) => id).sort()).toEqual(line.map(({ id }) => id).sort());
          for (const one of agents) {
            const got = fates.filter(({ agentId }) => agentId === one.agentId).length;
            const units = one.usedUnits + got * one.units;
            expect(got === 0 || (one.loggedIn && one.state === 'available')).toBe(true);
            expect(got === 0 || units <= one.maxUnits).toBe(true);
          }
          // Of equals the first are served.
          const stays = fates.findIndex(({ reason }) => reason !== null);
          if (stays >= 0) expect(fates.slice(stays).every(({ reason }) => reason)).toBe(true);
        },
      ),
    ));
});

it('leaves what asks for a skill to those who have it', () => {
  const skills = { required: ['french'], preferred: [] };
  const asks = { line: 'skills:french', wishes: { ...NO_WISHES, skills } };
  const line = [waits(1, asks), waits(2, asks), waits(3)];
  expect(preview(line, [agent('A', { maxUnits: 25 }), agent('B')])).toEqual([
    '1>1 A',
    '2>2 all full',
    '3>3 B',
  ]);
});
