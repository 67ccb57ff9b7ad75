/** The checker notices what it is there for: on rows as the product writes them, then tampered with. */
import { acceptOffer } from '../../db/routing/claim';
import { AfterCommit } from '../../db/after-commit';
import { connectDatabase, type Database } from '../../db/client';
import type { Effects } from '../../db/effects';
import { giveCommand } from '../../db/conversation/give-command';
import { receiveMessage } from '../../db/messages/receive-message';
import { sendMessage } from '../../db/messages/send-message';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../support/people';
import { drivenDoorbell } from '../support/workflow-driver';
import { check, isClean, type Delivered, type Fault } from './checker';
import { readFacts } from './facts';
import { Logs } from './logs';

let database: FreshDatabase;
let db: Database;
let logs: Logs;
let journal: Delivered[];
let conversationId: string;
let agents: string[];

/** One conversation on an open channel: offered, accepted, answered, closed; and what everybody wrote down of it. */
beforeEach(async () => {
  database = await freshDatabase();
  db = connectDatabase({ url: database.url, name: 'test' });
  logs = new Logs();
  const failed = (error: unknown): void => {
    throw error;
  };
  const afterCommit: AfterCommit = new AfterCommit(
    db,
    drivenDoorbell(db, (effects) => void afterCommit.start(effects)),
    failed,
  );
  const done = async <T>(work: Promise<{ value: T; effects: Effects }>): Promise<T> => {
    const { value, effects } = await work;
    await afterCommit.run(effects);
    await afterCommit.settled();
    return value;
  };
  const queueId = await makeQueue(db, { delivery: 'offer' });
  agents = [await makeAgent(db, [queueId])];
  const channel = await makeChannel(db, queueId, 'open');
  await db.query(`UPDATE channel SET settings = '{"replyUrl": "http://127.0.0.1:1"}'`);
  const customer = await makeCustomer(db, channel);
  for (const id of ['m-1', 'm-2']) {
    const { messageId, ...taken } = await done(
      receiveMessage(db, { ...customer, externalId: id, text: `text of ${id}` }),
    );
    conversationId = taken.conversationId;
    const sent = { id, customer: 'c-1', text: `text of ${id}`, answers: false };
    logs.messages.push({ ...sent, messageIds: [messageId] });
  }
  const agentId = agents[0]!;
  await done(acceptOffer(db, conversationId, agentId, 'accept'));
  logs.claims.push({ kind: 'accept', conversationId, agentId });
  const words = { text: 'reply 1', note: false, fileIds: [], humanTag: false, key: 'reply' };
  const reply = await done(sendMessage(db, { ...words, conversationId, agentId }));
  logs.replies.push({
    ...{ text: 'reply 1', conversationId, agentId, note: false },
    messageIds: [reply.messageId],
  });
  await db.query(`UPDATE message SET delivery = 'sent' WHERE id = $1`, [reply.messageId]);
  journal = [{ id: reply.messageId, conversationId, text: 'reply 1' }];
  const giver = { kind: 'agent' as const, id: agentId };
  const close = { conversationId, name: 'close' as const, args: {}, giver, key: 'close' };
  const { number } = await done(giveCommand(db, close));
  logs.commands.push({ name: 'close', conversationId, number, outcome: 'applied' });
  // A second agent, who had no part in it.
  agents.push(await makeAgent(db, [queueId]));
});

afterEach(async () => {
  await db.close();
  await database.drop();
});

/** The keys under which something is wrong. */
async function wrong(): Promise<Fault[]> {
  const { faults } = check(await readFacts(database.url), logs, journal);
  return (Object.keys(faults) as Fault[]).filter((key) => faults[key].length > 0);
}

const event = (kind: string, agentId: string, at: string): Promise<unknown[]> =>
  db.query(
    `INSERT INTO conversation_event (id, conversation_id, rev, after_seq, kind, data, actor_kind)
     SELECT (SELECT id FROM conversation_event WHERE kind = $4) + 1000, $1, 1, 2, $2, $3, 'system'`,
    [conversationId, kind, JSON.stringify({ agentId }), at],
  );

/** Makes room behind the event of this kind, so that another can stand there. */
const spread = (kind: string): Promise<unknown[]> =>
  db.query(
    `UPDATE conversation_event SET id = id + 100000
      WHERE id > (SELECT min(id) FROM conversation_event WHERE kind = $1)`,
    [kind],
  );

test('finds nothing wrong with what went right', async () => {
  const verdict = check(await readFacts(database.url), logs, journal);
  expect(verdict.faults).toEqual({
    ...{ lost: [], doubled: [], illegal: [], twoOwners: [], overCapacity: [], orphans: [] },
    repliesDoubled: [],
  });
  expect(isClean(verdict)).toBe(true);
  expect(verdict.counts).toMatchObject({ accepted: 2, stored: 2, repliesDelivered: 1 });
});

test('notices a message that is gone', async () => {
  await db.query(`DELETE FROM message WHERE external_id = 'm-2'`);
  expect(await wrong()).toEqual(['lost']);
});

test('notices a reply that is gone', async () => {
  await db.query(`DELETE FROM message WHERE direction = 'out'`);
  expect(await wrong()).toContain('lost');
});

test('notices a message that is there twice', async () => {
  await db.query(`DROP INDEX message_external_id`);
  await db.query(
    `INSERT INTO message (id, conversation_id, seq, rev, direction, author_kind, text, channel_id, external_id)
     SELECT gen_random_uuid(), conversation_id, 9, 9, direction, author_kind, text, channel_id, external_id
       FROM message WHERE external_id = 'm-1'`,
  );
  expect(await wrong()).toContain('doubled');
});

test('notices an answer that named another message', async () => {
  const first = logs.messages[0]!;
  logs.messages[0] = { ...first, messageIds: [...first.messageIds, conversationId] };
  expect(await wrong()).toEqual(['doubled']);
});

test('notices a second owner in the history', async () => {
  await spread('offerAccepted');
  await event('taken', agents[1]!, 'offerAccepted');
  expect(await wrong()).toContain('twoOwners');
});

test('notices a second agent who was told to have got it', async () => {
  logs.claims.push({ kind: 'accept', conversationId, agentId: agents[1]! });
  expect(await wrong()).toEqual(['twoOwners']);
});

test('notices an owner whom the history does not know', async () => {
  await db.query(`UPDATE conversation SET status = 'open', placement = 'assigned', owner_id = $1`, [
    agents[1],
  ]);
  expect(await wrong()).toEqual(expect.arrayContaining(['illegal', 'orphans']));
});

test('notices a reply of somebody else', async () => {
  await db.query(`UPDATE message SET author_id = $1 WHERE direction = 'out'`, [agents[1]]);
  expect(await wrong()).toEqual(['illegal', 'twoOwners']);
});

test('notices a step that cannot follow', async () => {
  await spread('closed');
  await event('assignedAutomatically', agents[0]!, 'closed');
  expect(await wrong()).toEqual(['illegal']);
});

test('notices an agent with more than they can hold', async () => {
  await db.query('UPDATE agent SET max_units = 10 WHERE id = $1', [agents[0]]);
  expect(await wrong()).toEqual(['overCapacity']);
});

test('notices what was left lying', async () => {
  await db.query(`UPDATE command SET outcome = NULL`);
  expect(await wrong()).toContain('orphans');
  await db.query(`UPDATE command SET outcome = 'applied'`);
  await db.query(`UPDATE conversation SET closed_after_seq = 1`);
  expect(await wrong()).toEqual(['orphans']);
});

test('notices a reply that came twice, and one that never came', async () => {
  journal.push({ ...journal[0]!, id: conversationId });
  expect(await wrong()).toContain('repliesDoubled');
  journal = [];
  expect(await wrong()).toEqual(['lost']);
});
