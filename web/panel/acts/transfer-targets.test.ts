import { agentTarget, queueTarget } from './transfer-targets';

const queue = {
  id: 'q',
  name: 'Support',
  open: true,
  nextChangeAt: null,
  members: 3,
  loggedIn: 2,
  available: 1,
};
const agent = {
  id: 'a',
  name: 'Ari',
  state: 'available' as const,
  stateSince: '2026-11-21T13:00:00.000Z',
  loggedIn: true,
  onCall: false,
  workload: 40,
  queueIds: [],
};

test.each([
  [{}, null, false],
  [{ members: 0, loggedIn: 0, available: 0 }, 'noMembers', true],
  [{ open: false }, 'closed', false],
  [{ loggedIn: 0, available: 0 }, 'nobodyIn', false],
  [{ available: 0 }, 'nobodyAvailable', false],
])('of a queue with %j is warned by %s', (change, warning, refused) => {
  expect(queueTarget({ ...queue, ...change })).toMatchObject({ warning, refused });
});

test.each([
  [{}, null, false],
  [{ loggedIn: false }, 'notIn', true],
  [{ state: 'paused' as const }, 'paused', false],
  [{ onCall: true }, 'onCall', false],
  [{ workload: 100 }, 'full', false],
])('of an agent with %j is warned by %s', (change, warning, refused) => {
  expect(agentTarget({ ...agent, ...change })).toMatchObject({ warning, refused });
});
