import { AppError } from '../../core/errors';
import { freshDatabase, type FreshDatabase } from '../../tests/support/database';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../../tests/support/people';
import { acceptOffer, takeConversation } from './claim';
import { lapseOffer } from './claim-back';
import { connectDatabase, type Database } from '../client';
import { giveNext } from './hand-out';
import { newId } from '../ids';
import { receiveMessage } from '../messages/receive-message';

let database: FreshDatabase;
let db: Database;
beforeAll(async () => {
  database = await freshDatabase();
  db = connectDatabase({ url: database.url, name: 'test' });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

/** A conversation in line; nothing is handed out unless a test does it. */
async function inLine(queue: string): Promise<string> {
  const customer = await makeCustomer(db, await makeChannel(db, queue));
  const { value } = await receiveMessage(db, { ...customer, externalId: newId(), text: 'hello' });
  return value.conversationId;
}

const row = async (id: string) =>
  (
    await db.query<{ placement: string; owner_id: string | null; over_capacity: boolean }>(
      'SELECT placement, owner_id, over_capacity FROM conversation WHERE id = $1',
      [id],
    )
  )[0];

/** Agents whose written load is not the sum over what they hold, or exceeds what they can. */
const wrongLoads = () =>
  db.query(`
    SELECT a.id FROM agent a WHERE a.used_units > a.max_units OR a.used_units <>
      coalesce((SELECT sum(reserved_units) FROM conversation WHERE owner_id = a.id), 0)`);

const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : String(error));

it('gives the one free slot of an agent once to 50 hand-outs at a time', async () => {
  const queue = await makeQueue(db);
  const agent = await makeAgent(db, [queue], { maxUnits: 25 });
  const waiting: string[] = [];
  for (let i = 0; i < 50; i++) waiting.push(await inLine(queue));
  const given = await Promise.all(waiting.map(() => giveNext(db, agent, 'test')));
  const ids = given.flatMap(({ value }) => value.given ?? []);
  expect(ids).toEqual([waiting[0]]);
  expect(await row(waiting[0] ?? '')).toMatchObject({ placement: 'assigned', owner_id: agent });
  expect(await wrongLoads()).toEqual([]);
});

it('gives a conversation to one of 50 agents who take it at once, and tells the others', async () => {
  const queue = await makeQueue(db, { delivery: 'manual' });
  const id = await inLine(queue);
  const agents: string[] = [];
  for (let i = 0; i < 50; i++) agents.push(await makeAgent(db, [queue]));
  const takes = await Promise.all(
    agents.map((agent) => takeConversation(db, id, agent, newId()).then(() => agent, codeOf)),
  );
  const winners = takes.filter((answer) => agents.includes(answer));
  expect(winners).toEqual([(await row(id))?.owner_id]);
  expect(takes.filter((answer) => answer === 'ALREADY_TAKEN')).toHaveLength(49);
  expect(await wrongLoads()).toEqual([]);
});

it('decides between an accept and the lapse of its offer, and tells the agent the truth', async () => {
  const queue = await makeQueue(db, { delivery: 'offer', settings: { missedOffersToPause: 0 } });
  const outcomes = new Set<string>();
  for (let round = 0; round < 40; round++) {
    const agent = await makeAgent(db, [queue], { maxUnits: 25 });
    const id = await inLine(queue);
    expect((await giveNext(db, agent, 'test')).value.given).toBe(id);
    // Its time is over in the midst of the race.
    await db.query(
      `UPDATE conversation SET expires_at = app_now() + make_interval(secs => $2) WHERE id = $1`,
      [id, (round % 5) / 1000],
    );
    const lapse = async (): Promise<void> => {
      while ((await row(id))?.placement === 'offered') await lapseOffer(db, id);
    };
    const accept = acceptOffer(db, id, agent, newId()).then(() => 'accepted', codeOf);
    const [answer] = await Promise.all([accept, lapse()]);
    outcomes.add(answer);
    const held = { placement: 'assigned', owner_id: agent };
    const back = { placement: 'queued', owner_id: null };
    expect(await row(id)).toMatchObject(answer === 'accepted' ? held : back);
    // Out of the way of the next round.
    await db.query(
      `UPDATE conversation SET excluded = ARRAY[]::uuid[], queue_id = $2 WHERE id = $1`,
      [id, await makeQueue(db, { delivery: 'manual' })],
    );
  }
  expect([...outcomes].filter((code) => code !== 'accepted' && code !== 'OFFER_GONE')).toEqual([]);
  expect(await wrongLoads()).toEqual([]);
});

it('answers a repeated accept with its first outcome after the conversation has moved on', async () => {
  const queue = await makeQueue(db, { delivery: 'offer' });
  const agent = await makeAgent(db, [queue]);
  const id = await inLine(queue);
  await giveNext(db, agent, 'test');
  const key = newId();
  await Promise.all([1, 2, 3].map(() => acceptOffer(db, id, agent, key)));
  await acceptOffer(db, id, agent, key);
  const claims = await db.query('SELECT kind FROM claim WHERE conversation_id = $1', [id]);
  expect(claims).toEqual([{ kind: 'offer' }, { kind: 'accept' }]);
  const other = await acceptOffer(db, id, agent, newId()).catch(codeOf);
  expect(other).toBe('OFFER_GONE');
});
