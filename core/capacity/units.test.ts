import { reserved, unitsOf, workload } from './units';

describe('units', () => {
  it.each([
    ['live-chat', {}, {}, 25],
    ['open', {}, {}, 20],
    ['email', {}, {}, 10],
    ['voice', {}, {}, 100],
    ['open', {}, { open: 5 }, 5],
    ['open', { open: 7 }, { open: 5 }, 7],
    ['open', { open: 0 }, {}, 0],
  ] as const)('of %s, agent %j, queue %j: %i', (kind, agent, queue, units) =>
    expect(unitsOf(kind, agent, queue)).toBe(units),
  );
  it.each([
    ['open', 'assigned', 1, 25],
    ['open', 'offered', 1, 25],
    ['open', 'queued', 1, 0],
    ['waiting', 'assigned', 1, 25],
    ['waiting', 'assigned', 0, 0],
    ['waiting', 'assigned', 0.5, 13],
    ['solved', 'assigned', 1, 0],
    ['closed', null, 1, 0],
  ] as const)('%s and %s at factor %d reserve %i', (status, placement, factor, units) =>
    expect(reserved(status, placement, 25, factor)).toBe(units),
  );
  it('are a workload in percent', () =>
    expect([workload(50, 100), workload(150, 100), workload(1, 0)]).toEqual([50, 150, 100]));
});
