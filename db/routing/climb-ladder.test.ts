/** Long waits, as conversations in line and their customers meet them. */
import type { QueueSettings } from '../../core/routing/policy';
import { makeAgent, makeQueue } from '../../tests/support/people';
import { WaitingWorld } from '../../tests/support/waiting-world';
import { takeConversation } from './claim';
import { rejectOffer } from './claim-back';
import { giveCommand } from '../conversation/give-command';
import { newId } from '../ids';
import { setAgentState } from '../agents/presence';

let w: WaitingWorld;
beforeAll(async () => {
  w = await WaitingWorld.begin();
});
afterAll(() => w.end());

async function told(id: string): Promise<string[]> {
  const rows = await w.db.query<{ text: string }>(
    `SELECT text FROM message WHERE conversation_id = $1 AND author_kind = 'bot' ORDER BY seq`,
    [id],
  );
  return rows.map(({ text }) => text);
}

describe('the ladder', () => {
  const steps = (other: string): QueueSettings => ({
    ladder: [
      { afterMs: 30_000, do: 'text', text: { text: 'Please bear with us.' } },
      { afterMs: 60_000, do: 'notify' },
      { afterMs: 90_000, do: 'overflow', queueId: other },
      { afterMs: 120_000, do: 'close', text: { text: 'We could not get to you.' } },
    ],
  });

  it('tells, notifies and flows over, each at its time and with the age of the wait', async () => {
    const other = await makeQueue(w.db);
    const there = await makeAgent(w.db, [other]);
    const queue = await makeQueue(w.db, { settings: steps(other) });
    const id = await w.asks(queue);
    await w.waits(id, 29);
    expect(await told(id)).toEqual([]);
    await w.waits(id, 1);
    expect(await told(id)).toEqual(['Please bear with us.']);
    await w.waits(id, 30);
    expect((await w.row(id)).alerted_at).not.toBeNull();
    const { queued_since: since } = await w.row(id);
    await w.waits(id, 30);
    expect(await w.row(id)).toMatchObject({ queue_id: other, owner_id: there });
    expect(await w.happened(id)).toEqual([
      'started',
      'supervisorsNotified',
      'overflowed',
      'assignedAutomatically',
    ]);
    const [receipt] = await w.db.query<{ wait_ms: number; trigger: string }>(
      `SELECT wait_ms, trigger FROM decision_receipt WHERE conversation_id = $1 AND result = 'assign'`,
      [id],
    );
    expect(receipt?.trigger).toBe('overflowed');
    expect(receipt?.wait_ms).toBeGreaterThanOrEqual(90_000);
    expect(since).not.toBeNull();
  });

  it('passes over a queue that cannot take it, and closes at its end', async () => {
    const nobody = await makeQueue(w.db);
    const id = await w.asks(await makeQueue(w.db, { settings: steps(nobody) }));
    for (const seconds of [30, 30, 30]) await w.waits(id, seconds);
    expect(await w.happened(id)).toContain('overflowSkipped');
    expect(await w.row(id)).toMatchObject({ placement: 'queued', ladder_step: 3 });
    await w.waits(id, 30);
    expect(await w.row(id)).toMatchObject({ status: 'closed' });
    expect(await told(id)).toEqual(['Please bear with us.', 'We could not get to you.']);
  });

  it('goes round in no circle', async () => {
    const a = await makeQueue(w.db);
    const b = await makeQueue(w.db);
    for (const [from, to] of [[a, b] as const, [b, a] as const]) {
      await makeAgent(w.db, [from], { maxUnits: 0 });
      await w.db.query('UPDATE queue SET settings = $2 WHERE id = $1', [
        from,
        JSON.stringify({ ladder: [{ afterMs: 10_000, do: 'overflow', queueId: to }] }),
      ]);
    }
    const id = await w.asks(a);
    await w.waits(id, 10);
    expect((await w.row(id)).queue_id).toBe(b);
    await w.waits(id, 10);
    expect((await w.row(id)).queue_id).toBe(b);
    expect((await w.row(id)).ladder_at).toBeNull();
  });

  it('stands still while the queue is closed', async () => {
    const other = await makeQueue(w.db);
    await makeAgent(w.db, [other]);
    const queue = await makeQueue(w.db, { settings: steps(other) });
    const calendar = newId();
    await w.db.query(`INSERT INTO calendar (id, name, zone) VALUES ($1, $2, 'UTC')`, [
      calendar,
      calendar,
    ]);
    await w.db.query(
      `UPDATE queue SET hours_mode = 'own', calendar_id = $2, open = false, closed_since = app_now() WHERE id = $1`,
      [queue, calendar],
    );
    const id = await w.asks(queue);
    expect((await w.row(id)).ladder_at).toBeNull();
    await w.waits(id, 1000);
    expect(await w.happened(id)).toEqual(['started']);
  });

  it('does not count while somebody is offered it, and goes on afterwards', async () => {
    const queue = await makeQueue(w.db, {
      delivery: 'offer',
      settings: { ladder: [{ afterMs: 60_000, do: 'notify' }] },
    });
    const agent = await makeAgent(w.db, [queue]);
    const id = await w.asks(queue);
    expect(await w.row(id)).toMatchObject({ placement: 'offered', ladder_at: null });
    await w.settle(await rejectOffer(w.db, id, agent, 'no'));
    const back = await w.row(id);
    expect(back.placement).toBe('queued');
    expect(back.ladder_at).not.toBeNull();
  });

  it('begins anew for what comes back to the line', async () => {
    const queue = await makeQueue(w.db, {
      settings: { ladder: [{ afterMs: 60_000, do: 'notify' }] },
    });
    const id = await w.asks(queue);
    await w.waits(id, 60);
    expect((await w.row(id)).ladder_step).toBe(1);
    const agent = await makeAgent(w.db, [queue]);
    const boss = await makeAgent(w.db, [], { role: 'supervisor' });
    await w.settle(await takeConversation(w.db, id, agent, 'take'));
    expect(await w.row(id)).toMatchObject({ alerted_at: null, ladder_at: null });
    await w.settle(await setAgentState(w.db, agent, 'paused', 'lunch'));
    const given = await giveCommand(w.db, {
      ...{ conversationId: id, name: 'release', args: {}, key: 'r' },
      giver: { kind: 'supervisor', id: boss },
    });
    await w.settle(given);
    await w.decide(id);
    expect(await w.row(id)).toMatchObject({ placement: 'queued', ladder_step: 0, front: true });
    expect((await w.row(id)).ladder_at).not.toBeNull();
  });
});
