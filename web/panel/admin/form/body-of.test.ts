import { bodyOf } from './body-of';

const values = {
  name: 'Support',
  'settings.offerMs': 20_000,
  'settings.hours.atClosing': 'keepWaiting',
  'settings.hours.closing': undefined,
  'settings.hours.outOfHours': null,
};

describe('the request of a form', () => {
  it('carries what was changed', () =>
    expect(bodyOf(values, ['name', 'settings.offerMs'])).toEqual({
      name: 'Support',
      settings: { offerMs: 20_000 },
    }));
  it('carries a whole with all that is in it, but nothing that is not set', () =>
    expect(bodyOf(values, ['settings.hours.closing'], ['settings.hours'])).toEqual({
      settings: { hours: { atClosing: 'keepWaiting', outOfHours: null } },
    }));
  it('carries nothing where nothing was changed', () =>
    expect(bodyOf(values, [], ['settings.hours'])).toEqual({}));
});
