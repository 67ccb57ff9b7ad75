import { memberChanges } from './member-changes';

const [a, b, c] = ['a', 'b', 'c'].map((agentId, position) => ({ agentId, penalty: 0, position }));

describe('what becomes of the members of a queue', () => {
  it('asks for nothing where nothing was changed', () =>
    expect(memberChanges([a!, b!], [b!, a!])).toEqual({ put: [], removed: [] }));
  it('puts who is new or stands otherwise, and removes who is gone', () => {
    const later = { ...a!, penalty: 50 };
    expect(memberChanges([a!, b!], [later, c!])).toEqual({ put: [later, c!], removed: ['b'] });
  });
});
