import { freshDatabase, type FreshDatabase } from '../../tests/support/database';
import { makeChannel, makeCustomer, makeQueue } from '../../tests/support/people';
import { connectDatabase, type Database } from '../client';
import { Effects } from '../effects';
import { giveCommand } from '../conversation/give-command';
import { findOrCreateIdentity } from '../customers/identities';
import { newId } from '../ids';
import { Intake } from './intake';
import { receiveMessage, type Inbound, type Received } from './receive-message';

let database: FreshDatabase;
let db: Database;
let channel: Inbound['channel'];
let take: (inbound: Inbound) => ReturnType<typeof receiveMessage>;
beforeAll(async () => {
  database = await freshDatabase();
  db = connectDatabase({ url: database.url, name: 'test', max: 40 });
  channel = await makeChannel(db, await makeQueue(db), 'open');
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

/** A webhook as the API takes it: first the customer, then the message. */
async function webhook(from: string, externalId: string, text = 'hello'): Promise<Received> {
  const identity = await findOrCreateIdentity(db, { channelId: channel.id, externalId: from });
  const { id: identityId, contactId } = identity;
  const inbound = { channel, identityId, contactId, externalId, text };
  return (await take(inbound)).value;
}

const count = async (sql: string, ...values: unknown[]): Promise<number> =>
  Number((await db.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`, values))[0]?.n);

const conversationsOf = (from: string) =>
  count('conversation c JOIN identity i ON i.id = c.identity_id WHERE i.external_id = $1', from);

describe.each(['one by one', 'together'])('%s', (how) => {
  beforeAll(() => {
    let effects = new Effects();
    const intake = new Intake(db, (left) => effects.add(left));
    take =
      how === 'one by one'
        ? (inbound) => receiveMessage(db, inbound)
        : async (inbound) => {
            effects = new Effects();
            return { value: await intake.receive(inbound), effects };
          };
  });

  it('takes one message of 200 parallel deliveries of one webhook', async () => {
    const [from, id] = [newId(), newId()];
    const all = await Promise.all(Array.from({ length: 200 }, () => webhook(from, id)));
    expect(all.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(1);
    expect(new Set(all.map(({ conversationId }) => conversationId)).size).toBe(1);
    expect(await count('message WHERE external_id = $1', id)).toBe(1);
    expect(await conversationsOf(from)).toBe(1);
    expect(await count('identity WHERE external_id = $1', from)).toBe(1);
    const [{ conversationId } = { conversationId: '' }] = all;
    const [row] = await db.query<{ last_seq: number; unread: number }>(
      'SELECT last_seq, unread FROM conversation WHERE id = $1',
      [conversationId],
    );
    expect(row).toEqual({ last_seq: 1, unread: 1 });
  });

  it('begins one conversation where two webhooks of a new customer come at once', async () => {
    for (let round = 0; round < 25; round++) {
      const from = newId();
      const both = await Promise.all([
        webhook(from, newId(), 'one'),
        webhook(from, newId(), 'two'),
      ]);
      expect(new Set(both.map(({ conversationId }) => conversationId)).size).toBe(1);
      expect(both.filter(({ created }) => created)).toHaveLength(1);
      expect(both.map(({ seq }) => seq).sort()).toEqual([1, 2]);
      expect(await conversationsOf(from)).toBe(1);
    }
  });

  it('numbers 100 messages of one customer at once without a gap or a loss', async () => {
    const from = newId();
    const all = await Promise.all(
      Array.from({ length: 100 }, (_, i) => webhook(from, newId(), `message ${i}`)),
    );
    expect(all.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, i) => i + 1),
    );
    expect(await conversationsOf(from)).toBe(1);
    expect(
      await count('conversation_event WHERE conversation_id = $1', all[0]?.conversationId),
    ).toBe(1);
  });

  it('tells the messages of many customers apart, all at once', async () => {
    const customers = Array.from({ length: 20 }, () => newId());
    const jobs = customers.flatMap((from) => [1, 2, 3].map((n) => webhook(from, `${from}/${n}`)));
    const all = await Promise.all(jobs);
    expect(new Set(all.map(({ conversationId }) => conversationId)).size).toBe(20);
  });

  it('costs Temporal nothing where the conversation is open and nobody waits for an outcome', async () => {
    const customer = await makeCustomer(db, channel);
    const receive = () => take({ ...customer, externalId: newId(), text: 'x' });
    const first = await receive();
    expect(first.effects.rings).toHaveLength(1);
    const second = await receive();
    expect(second.effects.rings).toEqual([]);
    expect(second.effects.handOuts).toEqual([]);
    expect([...second.effects.changed]).toEqual([first.value.conversationId]);
  });

  it('begins a new conversation after a closed one, and says which came before', async () => {
    const from = newId();
    const first = await webhook(from, newId());
    await db.query(`UPDATE conversation SET status = 'closed', placement = NULL WHERE id = $1`, [
      first.conversationId,
    ]);
    const second = await webhook(from, newId());
    expect(second).toMatchObject({ created: true, seq: 1 });
    const [row] = await db.query('SELECT previous_id FROM conversation WHERE id = $1', [
      second.conversationId,
    ]);
    expect(row).toEqual({ previous_id: first.conversationId });
  });

  it('answers a webhook that comes again after the close with the first message', async () => {
    const [from, id] = [newId(), newId()];
    const first = await webhook(from, id);
    await db.query(`UPDATE conversation SET status = 'closed', placement = NULL WHERE id = $1`, [
      first.conversationId,
    ]);
    expect(await webhook(from, id)).toMatchObject({
      messageId: first.messageId,
      conversationId: first.conversationId,
      duplicate: true,
    });
    expect(await conversationsOf(from)).toBe(1);
  });

  it('opens the window to the later of what it was and 24 hours after the vendor’s time', async () => {
    const windowed = { ...channel, windowMode: '24h' as const };
    const customer = { ...(await makeCustomer(db, channel)), channel: windowed };
    const now = Date.now();
    const ends = async (sentAt: number) => {
      const { value } = await take({ ...customer, externalId: newId(), text: 'x', sentAt });
      const [row] = await db.query<{ at: Date; window_mode: string }>(
        'SELECT window_expires_at AS at, window_mode FROM conversation WHERE id = $1',
        [value.conversationId],
      );
      expect(row?.window_mode).toBe('24h');
      return row?.at.getTime();
    };
    const day = 86_400_000;
    expect(await ends(now - 5_000)).toBe(now - 5_000 + day);
    expect(await ends(now - 1_000)).toBe(now - 1_000 + day);
    expect(await ends(now - 9_000)).toBe(now - 1_000 + day);
  });

  it('tells the workflow of a message while a command is undecided', async () => {
    const customer = await makeCustomer(db, await makeChannel(db, await makeQueue(db)));
    const send = () => take({ ...customer, externalId: newId(), text: 'x' });
    const { value } = await send();
    await giveCommand(db, {
      conversationId: value.conversationId,
      name: 'solve',
      args: {},
      giver: { kind: 'customer' },
      key: newId(),
    });
    const { effects } = await send();
    expect(effects.rings.map(({ signal }) => signal)).toEqual(['customerMessage']);
  });
});

describe('together', () => {
  it('keeps the order of a customer’s messages while somebody else holds their conversation', async () => {
    const intake = new Intake(db, () => undefined);
    const [held, other] = [await makeCustomer(db, channel), await makeCustomer(db, channel)];
    const send = (customer: typeof held, text: string) =>
      intake.receive({ ...customer, externalId: newId(), text });
    const { conversationId } = await send(held, 'first');
    await send(other, 'first');
    let late: Promise<unknown>[] = [];
    await db.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM conversation WHERE id = $1 FOR UPDATE', [conversationId]);
      late = ['second', 'third', 'fourth'].map((text) => send(held, text));
      // Whoever writes elsewhere does not wait for it.
      await send(other, 'second');
      late.push(send(held, 'fifth'));
    });
    await Promise.all(late);
    const rows = await db.query<{ text: string }>(
      'SELECT text FROM message WHERE conversation_id = $1 ORDER BY seq',
      [conversationId],
    );
    expect(rows.map(({ text }) => text)).toEqual(['first', 'second', 'third', 'fourth', 'fifth']);
  });

  it('takes all the others where one cannot be stored', async () => {
    const intake = new Intake(db, () => undefined);
    const customers = await Promise.all([1, 2, 3].map(() => makeCustomer(db, channel)));
    const send = (text: string) =>
      Promise.allSettled(
        customers.map((customer, at) =>
          intake.receive({ ...customer, externalId: newId(), text: at === 1 ? text : 'x' }),
        ),
      );
    await send('x');
    const results = await send('\0');
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});

it('keeps a customer’s name until they give another', async () => {
  const wanted = { channelId: channel.id, externalId: newId() };
  const names = async () =>
    (
      await db.query('SELECT name, email FROM identity WHERE external_id = $1', [wanted.externalId])
    )[0];
  const ids = [
    await findOrCreateIdentity(db, { ...wanted, name: 'Ann' }),
    await findOrCreateIdentity(db, wanted),
    await findOrCreateIdentity(db, { ...wanted, email: 'ann@example.test' }),
  ].map(({ id }) => id);
  expect(await names()).toEqual({ name: 'Ann', email: 'ann@example.test' });
  ids.push((await findOrCreateIdentity(db, { ...wanted, name: 'Ann B.' })).id);
  expect(await names()).toEqual({ name: 'Ann B.', email: 'ann@example.test' });
  expect(new Set(ids).size).toBe(1);
});
