import { MockActivityEnvironment } from '@temporalio/testing';
import type { ServerResponse } from 'node:http';
import { openChannel } from '../channels/open/open-channel';
import type { Channel } from '../channels/channel';
import { AfterCommit } from '../db/after-commit';
import { readChanges } from '../db/conversation/changes';
import { connectDatabase, type Database } from '../db/client';
import { finishAttempt, takeNext, type Next } from '../db/messages/deliveries';
import { reportDelivery } from '../db/messages/report-delivery';
import { freshDatabase, type FreshDatabase } from '../tests/support/database';
import { startFakeReceiver, type FakeReceiver } from '../tests/support/fake-receiver';
import { makeOpenConversation, type OpenConversation } from '../tests/support/open-channel';
import { deliverPending, type Delivered } from './deliver';

const KEY = Buffer.from('key of the customer');
const SECRET = 'a secret of at least thirty-two characters';

let database: FreshDatabase;
let db: Database;
let receiver: FakeReceiver;
let conversation: OpenConversation;
const counted: string[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  db = connectDatabase({ url: database.url, name: 'test' });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});
beforeEach(async () => {
  receiver = await startFakeReceiver(KEY);
  conversation = await begin();
  counted.length = 0;
});
afterEach(async () => {
  expect(receiver.faults).toEqual([]);
  await receiver.close();
});

const begin = (windowMode: 'none' | '24h' | '7d' = 'none'): Promise<OpenConversation> =>
  makeOpenConversation(db, { replyUrl: receiver.url, key: KEY, secret: SECRET, windowMode });

const afterCommit = (): AfterCommit =>
  new AfterCommit(db, { ring: async () => undefined, deliver: async () => undefined }, () => {
    throw new Error('nothing is to go wrong behind the scenes');
  });

async function deliver(adapter: Channel = openChannel): Promise<Delivered> {
  const after = afterCommit();
  const sending = {
    secret: SECRET,
    publicUrl: 'http://127.0.0.1',
    deliveries: { inc: ({ result }: { result: string }) => counted.push(result) },
    channelOf: () => adapter,
  };
  const run = new MockActivityEnvironment().run(
    deliverPending(db, after, sending),
    conversation.conversationId,
  );
  const delivered = (await run) as Delivered;
  await after.settled();
  return delivered;
}

const message = async (id: string) =>
  (
    await db.query<{ delivery: string; error: string | null; attempts: number; rev: number }>(
      'SELECT delivery, error, attempts, rev::int FROM message WHERE id = $1',
      [id],
    )
  )[0];

/** Lets the time pass that a lease or a pause takes. */
const later = () =>
  db.query(
    `UPDATE message SET lease_until = lease_until - interval '10 min',
            next_attempt_at = next_attempt_at - interval '10 min' WHERE conversation_id = $1`,
    [conversation.conversationId],
  );

const take = async (): Promise<Next> =>
  (await takeNext(db, conversation.conversationId, () => true)).value;

it('sends what is pending in its order, and says that nothing is left', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) ids.push(await conversation.reply(`reply ${i}`));
  expect(await deliver()).toEqual({ retryInMs: null });
  expect(receiver.taken.map(({ id, text }) => [id, text])).toEqual(
    ids.map((id, i) => [id, `reply ${i}`]),
  );
  expect(await message(ids[4] ?? '')).toMatchObject({ delivery: 'sent', error: null, attempts: 1 });
  expect(counted).toEqual(['sent', 'sent', 'sent', 'sent', 'sent']);
  expect(await deliver()).toEqual({ retryInMs: null });
  expect(receiver.calls).toHaveLength(5);
});

it('holds later messages up while an earlier one must be tried again', async () => {
  const first = await conversation.reply('first');
  await conversation.reply('second');
  receiver.answer(503, 500);
  const { retryInMs } = await deliver();
  expect(retryInMs).toBeGreaterThan(0);
  expect(retryInMs).toBeLessThanOrEqual(1000);
  expect(await message(first)).toMatchObject({ delivery: 'pending', error: 'HTTP_503' });
  expect(await deliver()).toMatchObject({ retryInMs: expect.any(Number) });
  expect(receiver.calls).toHaveLength(1);
  await later();
  expect((await deliver()).retryInMs).toBeGreaterThan(1000);
  await later();
  expect(await deliver()).toEqual({ retryInMs: null });
  expect(receiver.calls).toEqual([first, first, first, expect.any(String)]);
  expect(receiver.taken.map(({ text }) => text)).toEqual(['first', 'second']);
  expect(counted).toEqual(['retry', 'retry', 'sent', 'sent']);
});

it('waits as long as the receiver asks', async () => {
  await conversation.reply('hello');
  receiver.answer((res: ServerResponse) => res.writeHead(429, { 'retry-after': '40' }).end());
  const { retryInMs } = await deliver();
  expect(retryInMs).toBeGreaterThan(39_000);
  expect(retryInMs).toBeLessThanOrEqual(40_000);
});

it('marks what can never be sent, and goes on with the next', async () => {
  const gone = await conversation.reply('to nobody');
  const next = await conversation.reply('to somebody');
  receiver.answer(410);
  expect(await deliver()).toEqual({ retryInMs: null });
  expect(await message(gone)).toMatchObject({ delivery: 'failed', error: 'HTTP_410' });
  expect(await message(next)).toMatchObject({ delivery: 'sent' });
  expect(counted).toEqual(['failed', 'sent']);
});

it('repeats the same id after a kill between the call and the mark', async () => {
  const id = await conversation.reply('once');
  const taken = await take();
  if (taken.kind !== 'attempt') throw new Error('nothing to send');
  const account = {
    id: 'c',
    settings: taken.attempt.channel.settings,
    secrets: [`whsec_${KEY.toString('base64')}`],
  };
  const attempt = { ...taken.attempt, writtenAt: taken.attempt.writtenAt.getTime(), files: [] };
  expect(await openChannel.send?.(attempt, account, { fetch, now: Date.now })).toEqual({
    kind: 'sent',
  });
  // Killed here. Nobody else sends while the lease lasts.
  const waiting = await deliver();
  expect(waiting.retryInMs).toBeGreaterThan(20_000);
  expect(receiver.calls).toEqual([id]);
  await later();
  expect(await deliver()).toEqual({ retryInMs: null });
  expect(receiver.calls).toEqual([id, id]);
  expect(receiver.taken).toHaveLength(1);
  expect(await message(id)).toMatchObject({ delivery: 'sent', attempts: 2 });
});

it('lets nobody write whose lease has gone to another', async () => {
  const id = await conversation.reply('once');
  const slow = await take();
  await later();
  const quick = await take();
  if (slow.kind !== 'attempt' || quick.kind !== 'attempt') throw new Error('nothing to send');
  expect((await finishAttempt(db, slow.attempt, { kind: 'failed', code: 'X' })).value).toBe(false);
  expect(await message(id)).toMatchObject({ delivery: 'sending' });
  expect((await finishAttempt(db, quick.attempt, { kind: 'sent' })).value).toBe(true);
  expect(await message(id)).toMatchObject({ delivery: 'sent' });
});

it('gives one attempt to one of many who ask at once', async () => {
  await conversation.reply('once');
  const all = await Promise.all(Array.from({ length: 20 }, () => take()));
  expect(all.filter(({ kind }) => kind === 'attempt')).toHaveLength(1);
  expect(all.filter(({ kind }) => kind === 'wait')).toHaveLength(19);
});

describe('a channel that does not recognise a repeat', () => {
  const blind: Channel = {
    ...openChannel,
    capabilities: { ...openChannel.capabilities, idempotentSend: false },
  };

  it('marks a message whose attempt was cut off as unknown, and never sends it again', async () => {
    const id = await conversation.reply('perhaps');
    const next = await conversation.reply('surely');
    await take();
    await later();
    expect(await deliver(blind)).toEqual({ retryInMs: null });
    expect(await message(id)).toMatchObject({ delivery: 'unknown', error: 'CUT_OFF' });
    expect(receiver.calls).toEqual([next]);
    expect(counted).toEqual(['unknown', 'sent']);
  });

  it('keeps an unknown outcome until somebody reports what became of it', async () => {
    const id = await conversation.reply('perhaps');
    const unsure: Channel = {
      ...blind,
      send: async () => ({ kind: 'unknown', code: 'TIMEOUT' }),
    };
    expect(await deliver(unsure)).toEqual({ retryInMs: null });
    expect(await message(id)).toMatchObject({ delivery: 'unknown', error: 'TIMEOUT' });
    await reportDelivery(db, conversation.channelId, { messageId: id, state: 'delivered' });
    expect(await message(id)).toMatchObject({ delivery: 'delivered', error: null });
  });
});

it('sends nothing when the window has closed since the reply was written', async () => {
  conversation = await begin('24h');
  const id = await conversation.reply('too late');
  await db.query('UPDATE conversation SET window_expires_at = app_now() WHERE id = $1', [
    conversation.conversationId,
  ]);
  expect(await deliver()).toEqual({ retryInMs: null });
  expect(receiver.calls).toEqual([]);
  expect(await message(id)).toMatchObject({ delivery: 'failed', error: 'WINDOW_CLOSED' });
});

it('lets a person out under the human-agent tag, for six days longer', async () => {
  conversation = await begin('7d');
  const plain = await conversation.reply('without the tag');
  const tagged = await conversation.reply('with the tag');
  const late = await conversation.reply('with the tag, a week later');
  await db.query('UPDATE message SET human_tag = true WHERE id = ANY($1)', [[tagged, late]]);
  const closedSince = (time: string) =>
    db.query('UPDATE conversation SET window_expires_at = app_now() - $2::interval WHERE id = $1', [
      conversation.conversationId,
      time,
    ]);
  await closedSince('5 days');
  // The last one waits for its turn until the tag does not help any more.
  await db.query(`UPDATE message SET next_attempt_at = app_now() + interval '1 h' WHERE id = $1`, [
    late,
  ]);
  await deliver();
  expect(receiver.calls).toEqual([tagged]);
  expect(await message(plain)).toMatchObject({ error: 'WINDOW_CLOSED' });
  await closedSince('6 days');
  await later();
  await db.query('UPDATE message SET next_attempt_at = NULL WHERE id = $1', [late]);
  await deliver();
  expect(await message(late)).toMatchObject({ delivery: 'failed', error: 'WINDOW_CLOSED' });
});

it('sends nothing by a channel that was switched off, and gives up after a day', async () => {
  const off = await conversation.reply('off');
  await db.query('UPDATE channel SET enabled = false WHERE id = $1', [conversation.channelId]);
  await deliver();
  await db.query('UPDATE channel SET enabled = true WHERE id = $1', [conversation.channelId]);
  const old = await conversation.reply('old');
  await db.query(`UPDATE message SET created_at = created_at - interval '25 h' WHERE id = $1`, [
    old,
  ]);
  const tired = await conversation.reply('tired');
  await db.query(
    `UPDATE message SET created_at = created_at - interval '23 h 59 min', attempts = 30 WHERE id = $1`,
    [tired],
  );
  receiver.answer(503);
  expect(await deliver()).toEqual({ retryInMs: null });
  expect(await message(off)).toMatchObject({ delivery: 'failed', error: 'CHANNEL_DISABLED' });
  expect(await message(old)).toMatchObject({ delivery: 'failed', error: 'EXPIRED' });
  expect(await message(tired)).toMatchObject({ delivery: 'failed', error: 'HTTP_503' });
});

describe('reports', () => {
  it('count, even if they come before the answer to the call', async () => {
    const id = await conversation.reply('quick');
    const taken = await take();
    if (taken.kind !== 'attempt') throw new Error('nothing to send');
    await reportDelivery(db, conversation.channelId, { messageId: id, state: 'read' });
    await finishAttempt(db, taken.attempt, { kind: 'retry', code: 'TIMEOUT' });
    expect(await message(id)).toMatchObject({ delivery: 'read' });
    expect(await deliver()).toEqual({ retryInMs: null });
    expect(receiver.calls).toEqual([]);
  });

  it('never go back, and are refused for what this channel has not sent', async () => {
    const id = await conversation.reply('hello');
    const report = (messageId: string, state: 'delivered' | 'read' | 'failed') =>
      reportDelivery(db, conversation.channelId, { messageId, state }).then(({ value }) => value);
    await expect(report(id, 'read')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await deliver();
    expect(await report(id, 'read')).toBe('read');
    expect(await report(id, 'delivered')).toBe('read');
    expect(await report(id, 'failed')).toBe('read');
    const other = await begin();
    await expect(
      reportDelivery(db, other.channelId, { messageId: id, state: 'read' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('shows every step to whoever follows the conversation', async () => {
  const id = await conversation.reply('hello');
  const seen: string[] = [];
  let rev = (await message(id))?.rev ?? 0;
  const look = async () => {
    const changes = await readChanges(db, conversation.conversationId, rev);
    rev = changes?.rev ?? rev;
    seen.push(...(changes?.messages ?? []).map(({ delivery }) => delivery));
  };
  const taken = await take();
  await look();
  if (taken.kind !== 'attempt') throw new Error('nothing to send');
  await finishAttempt(db, taken.attempt, { kind: 'sent' });
  await look();
  await reportDelivery(db, conversation.channelId, { messageId: id, state: 'read' });
  await look();
  expect(seen).toEqual(['sending', 'sent', 'read']);
});
