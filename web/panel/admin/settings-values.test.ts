import { settingsBody, settingsSchema, settingsValues } from './settings-values';

const settings = {
  companyName: 'Our company',
  onLogout: { refuseWhile: ['open' as const] },
  releaseOnPauseAfter: 30,
  absentGrace: { liveChat: 30, others: 900 },
};

describe('the settings of the house', () => {
  it('are the same after a way through the form', () => {
    expect(settingsBody(settingsValues(settings))).toEqual(settings);
    const asked = { ...settings, onLogout: 'ask' as const, releaseOnPauseAfter: null };
    expect(settingsBody(settingsValues(asked))).toEqual(asked);
  });
  it('are checked in the units of the form', async () => {
    const schema = await settingsSchema();
    expect(schema.safeParse(settingsValues(settings)).success).toBe(true);
    const none = { ...settingsValues(settings), releaseOnPauseMs: 10_000, companyName: ' ' };
    const faulty = schema.safeParse(none).error?.issues.map(({ path }) => path[0]);
    expect(new Set(faulty)).toEqual(new Set(['companyName', 'releaseOnPauseMs']));
  });
});
