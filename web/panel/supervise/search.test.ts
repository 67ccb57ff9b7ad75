import { readSearch, toQuery } from './search';

test('an address is read as far as it makes sense', () => {
  expect(readSearch({ view: 'unassigned', queueId: 'q', number: 7, status: '', odd: 'x' })).toEqual(
    { view: 'unassigned', filters: { queueId: 'q', number: '7' }, read: undefined },
  );
  expect(readSearch({ view: 'mine', customer: { a: 1 }, read: 'c' })).toEqual({
    ...{ view: 'active', filters: {}, read: 'c' },
  });
});

test('a day lasts until the next one begins', () => {
  const { from, to, ...rest } = toQuery({ from: '2026-11-21', to: '2026-11-21', status: 'open' });
  expect(rest).toEqual({ status: 'open' });
  expect(from).toBe(new Date(2026, 10, 21).toISOString());
  expect(to).toBe(new Date(2026, 10, 22).toISOString());
  expect(toQuery({ from: 'soon' })).toEqual({});
});
