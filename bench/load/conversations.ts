/** Does what an API does after its answer: new conversations, then a command for each, rung as the product rings. */
import { Client, Connection } from '@temporalio/client';
import { AfterCommit } from '../../db/after-commit';
import { connectDatabase } from '../../db/client';
import { giveCommand } from '../../db/conversation/give-command';
import { receiveMessage } from '../../db/messages/receive-message';
import { createDoorbell } from '../../platform/doorbell';
import { idOf } from '../seed';
import { rateOf, type Rates, type TemporalConfig } from './rates';
import { readConfig, tell } from './standard';

async function main(): Promise<void> {
  const { databaseUrl, address, count, atOnce, run } = await readConfig<TemporalConfig>();
  const db = connectDatabase({ url: databaseUrl, name: 'bench', max: atOnce });
  const connection = await Connection.connect({ address });
  const report = (error: unknown): void => console.error(error);
  const afterCommit = new AfterCommit(db, createDoorbell(new Client({ connection })), report);
  const channel = {
    id: idOf('channel', 1),
    kind: 'live-chat',
    queueId: idOf('queue', 1),
    chatLike: true,
    windowMode: 'none' as const,
  };
  const conversations: string[] = [];
  const none = async (sql: string): Promise<boolean> =>
    (await db.query(`SELECT 1 FROM ${sql} LIMIT 1`, [conversations])).length === 0;

  const first = Number(run) * count + 1;
  const startsPerSecond = await rateOf({
    count,
    atOnce,
    async each(n) {
      const message = { externalId: `${run}-${n}`, text: 'Where is my order?' };
      const identityId = idOf('customer', first + n);
      const inbound = { channel, identityId, contactId: null, ...message };
      const { value, effects } = await receiveMessage(db, inbound);
      conversations.push(value.conversationId);
      await afterCommit.run(effects);
    },
    done: () => none('conversation WHERE id = ANY($1) AND loaded_version = 0'),
  });
  const commandsPerSecond = await rateOf({
    count,
    atOnce,
    async each(n) {
      const { effects } = await giveCommand(db, {
        conversationId: conversations[n] ?? '',
        name: 'solve',
        args: {},
        giver: { kind: 'customer' },
        key: `${run}-${n}`,
      });
      await afterCommit.run(effects);
    },
    done: () => none('command WHERE conversation_id = ANY($1) AND outcome IS NULL'),
  });
  await afterCommit.settled();
  await connection.close();
  await db.close();
  const rates: Rates = { startsPerSecond, commandsPerSecond };
  tell(rates);
}

void main();
