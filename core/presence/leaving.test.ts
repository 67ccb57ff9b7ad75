import { leaving, type Held, type LogoutPolicy } from './leaving';

const NONE: Held = {};
const BOTH: Held = { open: 2, waiting: 1, solved: 3 };
const refuseOpen: LogoutPolicy = { refuseWhile: ['open'] };

describe('an agent who signs out', () => {
  it.each<[string, LogoutPolicy, Held, 'keep' | 'release' | undefined, object]>([
    ['goes with nothing held', 'ask', NONE, undefined, { may: true, then: 'keep' }],
    ['goes with what is solved', 'ask', { solved: 2 }, undefined, { may: true, then: 'keep' }],
    ['is asked', 'ask', BOTH, undefined, { may: false, code: 'OPEN_CONVERSATIONS' }],
    ['says: release', 'ask', BOTH, 'release', { may: true, then: 'release' }],
    ['says: keep', 'ask', BOTH, 'keep', { may: true, then: 'keep' }],
    ['keeps by the rule', 'keep', BOTH, undefined, { may: true, then: 'keep' }],
    ['releases by the rule', 'release', BOTH, undefined, { may: true, then: 'release' }],
    ['says otherwise', 'release', BOTH, 'keep', { may: true, then: 'keep' }],
    [
      'stays while one is open',
      refuseOpen,
      BOTH,
      'release',
      { may: false, code: 'LOGOUT_REFUSED' },
    ],
    [
      'is asked of other statuses',
      refuseOpen,
      { waiting: 1 },
      undefined,
      { may: false, code: 'OPEN_CONVERSATIONS' },
    ],
    ['goes with other statuses', refuseOpen, { waiting: 1 }, 'keep', { may: true, then: 'keep' }],
    [
      'stays while one is solved, if the house wants it',
      { refuseWhile: ['solved'] },
      { solved: 1 },
      undefined,
      { may: false, code: 'LOGOUT_REFUSED' },
    ],
  ])('%s', (_, policy, held, wish, expected) =>
    expect(leaving(policy, held, wish, false)).toMatchObject(expected),
  );

  it('is told how many stand in the way, and in which statuses', () => {
    const details = (policy: LogoutPolicy) => {
      const leave = leaving(policy, BOTH, undefined, false);
      return leave.may ? null : leave.details;
    };
    expect(details('ask')).toEqual({ count: 3, statuses: { open: 2, waiting: 1 } });
    expect(details(refuseOpen)).toEqual({ count: 2, statuses: { open: 2 } });
    expect(details({ refuseWhile: ['waiting', 'solved'] })).toEqual({
      count: 4,
      statuses: { waiting: 1, solved: 3 },
    });
  });

  it('is sent home by somebody who may, who only says what becomes of the rest', () => {
    expect(leaving(refuseOpen, BOTH, 'release', true)).toEqual({ may: true, then: 'release' });
    expect(leaving(refuseOpen, BOTH, undefined, true)).toMatchObject({
      code: 'OPEN_CONVERSATIONS',
    });
  });
});
