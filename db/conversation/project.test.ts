import { freshDatabase, type FreshDatabase } from '../../tests/support/database';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../../tests/support/people';
import { nextProjection } from '../../tests/support/workflow-driver';
import { connectDatabase, type Database } from '../client';
import { giveCommand } from './give-command';
import { loadConversation } from './load';
import { projectDecision } from './project';
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

it('what people ask for comes before a deadline that a slow worker has decided already', async () => {
  const queue = await makeQueue(db, { delivery: 'manual' });
  const boss = await makeAgent(db, [queue], { role: 'supervisor' });
  const customer = await makeCustomer(db, await makeChannel(db, queue));
  const { value } = await receiveMessage(db, { ...customer, externalId: 'm', text: 'hello' });
  const id = value.conversationId;
  const give = (name: 'solve' | 'close') =>
    giveCommand(db, {
      ...{ conversationId: id, name, args: {}, key: name },
      giver: { kind: 'supervisor', id: boss },
    });
  /** What the workflow would write next. */
  const next = async () => {
    const loaded = await loadConversation(db, id, []);
    const projection = loaded && nextProjection(loaded);
    if (!projection) throw new Error('nothing is to be decided');
    return projection;
  };
  await give('solve');
  await projectDecision(db, await next());
  await db.query('UPDATE conversation SET confirm_at = app_now() WHERE id = $1', [id]);
  // Confirmed by silence, says a worker, and is slow to write it.
  const late = await next();
  expect(late.decision.item).toEqual({ kind: 'deadline', name: 'confirm' });
  await give('close');
  const behind = await projectDecision(db, late);
  expect(behind.value?.state.status).toBe('solved');
  expect(behind.value?.commands.map((c) => c.name)).toEqual(['close']);
  const closed = await projectDecision(db, await next());
  expect(closed.value).toMatchObject({ state: { status: 'closed' }, commands: [] });
  expect(await db.query('SELECT outcome FROM command ORDER BY number')).toEqual([
    { outcome: 'applied' },
    { outcome: 'applied' },
  ]);
});
