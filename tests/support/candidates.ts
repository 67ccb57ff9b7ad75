import fc from 'fast-check';
import type { Candidate } from '../../core/routing/candidate';

/** An agent who is there, idle, and has never had anything. */
export const idle: Candidate = {
  agentId: 'A',
  loggedIn: true,
  state: 'available',
  inConversation: false,
  onCall: false,
  member: true,
  position: 0,
  penalty: 0,
  servesKind: true,
  skilled: true,
  wishedSkills: 0,
  known: false,
  keptForOther: false,
  excluded: false,
  usedUnits: 0,
  maxUnits: 100,
  units: 25,
  held: 0,
  heldHere: 0,
  heldOfKind: 0,
  mostOfKind: null,
  lastAssignedAt: null,
  servedAt: null,
  notifiedAt: null,
  idleSince: 0,
  handledToday: 0,
};

const instant = fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: null });
const few = fc.integer({ min: 0, max: 4 });

/** Any agents of a queue, each with another id. */
export const anyCandidates: fc.Arbitrary<Candidate[]> = fc
  .array(
    fc.record({
      loggedIn: fc.boolean(),
      state: fc.constantFrom('available', 'available', 'paused', 'logged_off'),
      inConversation: fc.boolean(),
      onCall: fc.boolean(),
      member: fc.boolean(),
      position: few,
      penalty: fc.constantFrom(0, 1, 50, 99, 100),
      servesKind: fc.boolean(),
      skilled: fc.boolean(),
      wishedSkills: fc.constantFrom(0, 0, 1, 2),
      known: fc.constant(false),
      keptForOther: fc.constantFrom(false, false, true),
      excluded: fc.boolean(),
      usedUnits: fc.constantFrom(0, 25, 75, 76, 100, 120),
      maxUnits: fc.constantFrom(0, 50, 100),
      units: fc.constantFrom(0, 10, 25, 100),
      held: few,
      heldHere: few,
      heldOfKind: few,
      mostOfKind: fc.option(few, { nil: null }),
      lastAssignedAt: instant,
      servedAt: instant,
      notifiedAt: instant,
      idleSince: instant,
      handledToday: few,
    }),
    { maxLength: 8 },
  )
  .map(
    (all) =>
      all.map((each, at) => ({
        ...each,
        agentId: `agent-${at}`,
        idleSince: each.held === 0 ? (each.idleSince ?? 0) : null,
        // Nobody holds more of a queue or of a kind than altogether.
        heldHere: Math.min(each.heldHere, each.held),
        heldOfKind: Math.min(each.heldOfKind, each.held),
      })) as Candidate[],
  );
