/** The short form of `npm run model`: the smaller scenarios in full, and the rules whose lack is seen soonest. */
import { RULES, SCENARIOS, type Rule, type ScenarioName } from './scenarios';
import { searchScenario, searchWithout, type Limit } from './search';

const SCENARIOS_HERE: readonly ScenarioName[] = ['messages', 'survey', 'stalled'];
const RULES_HERE: readonly Rule[] = [
  'messageUnseen',
  'behindPending',
  'commandsFirst',
  'messagesCompared',
  'moveTellsUnloaded',
  'overdueRings',
  'signalsKeyed',
  'countCarried',
  'leavesWhenIdle',
];

const limit = (): Limit => ({ states: 1e6, until: Date.now() + 25_000 });

it.each(SCENARIOS_HERE)('keeps every promise in the scenario %s', (name) => {
  const { why, trace, complete } = searchScenario(name, limit());
  expect({ why, trace, complete }).toEqual({ why: null, trace: [], complete: true });
});

it.each(RULES_HERE)('breaks a promise without the rule %s', (rule) => {
  const { why, trace } = searchWithout(rule, limit());
  expect(why).not.toBeNull();
  expect(trace[0]).toBe('customer 1 writes');
});

it('names a scenario for every rule', () => {
  for (const { seenIn } of Object.values(RULES)) expect(SCENARIOS).toHaveProperty(seenIn);
});
