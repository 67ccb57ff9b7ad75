import fc from 'fast-check';
import { anyCandidates, idle } from '../../../tests/support/candidates';
import type { Candidate } from '../candidate';
import { ELIGIBILITIES, eligibilityOf, passedOver, type EligibilityName } from './eligibility';

const judge = (
  name: EligibilityName,
  who: Partial<Candidate>,
  maxPerAgent: number | null = null,
): string | null => passedOver({ ...idle, ...who }, eligibilityOf(name), { maxPerAgent });

describe('what holds for all modes', () => {
  it.each(ELIGIBILITIES)('%s', (name) => {
    expect(judge(name, {})).toBeNull();
    expect(judge(name, { loggedIn: false })).toBe('not logged in');
    expect(judge(name, { state: 'logged_off' })).toBe('not logged in');
    expect(judge(name, { state: 'paused' })).toBe('paused');
    expect(judge(name, { member: false })).toBe('not a member');
    expect(judge(name, { servesKind: false })).toBe('channel kind');
    expect(judge(name, { excluded: true })).toBe('excluded this round');
    expect(judge(name, { mostOfKind: 0 })).toBe('limit of the kind');
    expect(judge(name, { mostOfKind: 1 })).toBeNull();
    expect(judge(name, { usedUnits: 76 })).toBe('no free capacity');
    expect(judge(name, { usedUnits: 75 })).toBeNull();
  });
});

describe('what the modes ask beside that', () => {
  const busy = { held: 2, usedUnits: 50, idleSince: null };
  const busyHere = { ...busy, heldHere: 2 };
  type Case = [EligibilityName, Partial<Candidate>, string | null];
  it.each<Case>([
    ['capacity', busyHere, null],
    ['capacity', { onCall: true }, null],
    ['capacity', { inConversation: true }, 'in conversation'],
    ['incall', busy, 'has other work'],
    ['incall', { onCall: true }, 'on a call'],
    ['nocall', { onCall: true }, null],
    ['nocall', busyHere, null],
    ['interaction', busy, null],
    ['interaction', busyHere, 'has work of this queue'],
    ['interaction', { onCall: true }, null],
    ['ringall', busyHere, 'has work of this queue'],
    ['ringall', { ...busy, onCall: true }, null],
    ['ringallmultiple', { ...busyHere, onCall: true }, null],
    ['nopause', { ...busy, inConversation: true, onCall: true }, null],
    ['nopause', { state: 'paused', inConversation: true }, 'paused'],
    ['omni', { ...busy, onCall: true }, null],
  ])('%s, %j: %s', (name, who, expected) => expect(judge(name, who)).toBe(expected));

  it('nocall knows a limit of the queue', () => {
    expect(judge('nocall', { heldHere: 2, held: 5 }, 3)).toBeNull();
    expect(judge('nocall', { heldHere: 3, held: 3 }, 3)).toBe('limit of the queue');
  });

  it('leaves the line to agents in the two modes in which they pull', () => {
    const pulled = ELIGIBILITIES.filter((name) => eligibilityOf(name).pulled);
    expect(pulled).toEqual(['ringall', 'ringallmultiple']);
  });

  it('never lets anybody in who has no room, is away or was passed over in this round', () =>
    fc.assert(
      fc.property(
        anyCandidates,
        fc.constantFrom(...ELIGIBILITIES),
        fc.option(fc.nat(4), { nil: null }),
        (all, name, maxPerAgent) => {
          for (const who of all) {
            if (passedOver(who, eligibilityOf(name), { maxPerAgent }) !== null) continue;
            expect(who).toMatchObject({
              loggedIn: true,
              state: 'available',
              member: true,
              servesKind: true,
              excluded: false,
            });
            expect(who.usedUnits + who.units).toBeLessThanOrEqual(who.maxUnits);
            if (name === 'incall') expect([who.held, who.onCall]).toEqual([0, false]);
            if (name === 'interaction' || name === 'ringall') expect(who.heldHere).toBe(0);
            if (name !== 'nopause') expect(who.inConversation).toBe(false);
          }
        },
      ),
    ));
});
