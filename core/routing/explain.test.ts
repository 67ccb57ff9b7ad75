import { explainReceipt, type Names, type Receipt } from './explain';

const names: Names = { agent: (id) => `Agent ${id}`, queue: (id) => `Queue ${id}` };
const receipt: Receipt = {
  result: 'assign',
  agentId: 'A',
  queueId: 'S',
  policyVersion: 3,
  trigger: 'created',
  rule: 'capacity, least-loaded',
  candidates: [
    { agentId: 'A', workload: 25, passedOver: null },
    { agentId: 'B', workload: 50, passedOver: null },
    { agentId: 'C', workload: 0, passedOver: 'paused' },
  ],
  waitMs: 0,
  cause: null,
  waitByCause: { closed: 0, 'nobody in': 0, 'all full': 0, 'offer ignored': 0 },
};
const RULE =
  'The rule of Queue S (version 3 of its settings): whoever has room may get it; the least loaded goes first, then who has waited longest for work.';

describe('a receipt in plain words', () => {
  it('says who got it, why then, by which rule, and what became of the others', () =>
    expect(explainReceipt(receipt, names)).toEqual([
      'Given to Agent A.',
      'It was looked at because it had just been started.',
      RULE,
      'Agent A, at 25 %, was chosen.',
      'Agent B, at 50 %, could have got it but comes later by the rule.',
      'Agent C, at 0 %, is paused.',
    ]));

  it('says how long an offered one had waited', () =>
    expect(
      explainReceipt(
        {
          ...{ ...receipt, result: 'offer', waitMs: 65_000, trigger: 'login', candidates: [] },
          waitByCause: { ...receipt.waitByCause, 'all full': 5_000, closed: 60_000 },
        },
        names,
      ),
    ).toEqual([
      'Offered to Agent A after 1 min 5 s in line.',
      'It was looked at because an agent had signed in.',
      RULE,
      'Of the wait, 1 min the queue was closed, 5 s everybody had enough to do.',
      'The queue has no agents.',
    ]));

  it('says why nobody got it', () => {
    const waiting = {
      ...receipt,
      result: 'waiting',
      agentId: null,
      waitMs: 10_000,
      cause: 'offer ignored',
      waitByCause: { ...receipt.waitByCause, 'offer ignored': 10_000 },
      candidates: [{ agentId: 'B', workload: 0, passedOver: 'excluded this round' }],
    };
    expect(explainReceipt(waiting, names).join(' ')).toContain(
      'Left in the line of Queue S, where it had stood for 10 s: no agent could get it.',
    );
    expect(explainReceipt(waiting, names)).toContain(
      'It waits because offers were rejected or not answered.',
    );
    expect(explainReceipt(waiting, names)).toContain(
      'Agent B, at 0 %, rejected or missed it in this round.',
    );
  });

  it('says what has changed since', () =>
    expect(
      explainReceipt(receipt, names, {
        present: 4,
        changes: [{ field: 'weight', from: 1, to: 2 }],
      }),
    ).toContain('Now version 4 holds; changed since: weight from 1 to 2.'));

  it('shows words that it does not know as they are', () => {
    const strange = {
      ...receipt,
      trigger: 'moon',
      rule: 'new rule',
      candidates: [{ agentId: 'B', workload: 1, passedOver: 'sleepy' }],
    };
    const said = explainReceipt(strange, names).join(' ');
    expect(said).toContain('because of "moon"');
    expect(said).toContain('new rule');
    expect(said).toContain('was passed over: sleepy');
  });
});
