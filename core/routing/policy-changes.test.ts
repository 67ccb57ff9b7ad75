import { policyChanges, sinceInWords } from './policy-changes';

const before = {
  weight: 1,
  delivery: 'auto',
  settings: { offerMs: 20_000, survey: { enabled: true, channelKinds: ['email'] } },
};

describe('what has changed between two versions', () => {
  it('is nothing where they are the same, in whatever order', () => {
    const same = { settings: { ...before.settings }, delivery: 'auto', weight: 1 };
    expect(policyChanges(before, same)).toEqual([]);
  });

  it('names fields by their path, those that came and those that went', () => {
    const after = {
      weight: 2,
      delivery: 'auto',
      settings: { agingMinutes: 0, survey: { enabled: false, channelKinds: ['email', 'open'] } },
    };
    expect(policyChanges(before, after)).toEqual([
      { field: 'settings.agingMinutes', from: null, to: 0 },
      { field: 'settings.offerMs', from: 20_000, to: null },
      { field: 'settings.survey.channelKinds', from: ['email'], to: ['email', 'open'] },
      { field: 'settings.survey.enabled', from: true, to: false },
      { field: 'weight', from: 1, to: 2 },
    ]);
  });

  it('looks into what was not there before', () =>
    expect(policyChanges({}, { hours: { atClosing: 'keepWaiting' } })).toEqual([
      { field: 'hours.atClosing', from: null, to: 'keepWaiting' },
    ]));
});

describe('in words', () => {
  it.each([
    [null, 'Now version 5 holds; what has changed since is not on record.'],
    [[], 'Now version 5 holds, which says the same.'],
    [
      [
        { field: 'delivery', from: 'auto', to: 'offer' },
        { field: 'settings.agingMinutes', from: null, to: 5 },
        { field: 'settings.hours.closing.text', from: null, to: 'We are closing. '.repeat(9) },
      ],
      'Now version 5 holds; changed since: delivery from auto to offer, settings.agingMinutes from unset to 5, settings.hours.closing.text.',
    ],
  ])('%#', (changes, said) => expect(sinceInWords({ present: 5, changes })).toBe(said));
});
