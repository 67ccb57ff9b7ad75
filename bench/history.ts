/** What a whole conversation costs Temporal, in events of its history, over the public interfaces. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client as Temporal } from '@temporalio/client';
import type { Client } from 'pg';
import { connectTemporal } from '../platform/temporal';
import { conversationWorkflowId } from '../workflows/ids';
import { callerOf, type Caller } from './api-calls';
import type { Bench, Row } from './bench';
import { idOf, ORIGIN, seedQueue, withClient } from './seed';
import { agentToken, seedAgents } from './seed-agents';
import { visitorToken } from './visitor-token';

/** Written after the assignment. */
const MESSAGES = 20;
const MANY = 60;
const SETTLED_WITHIN_MS = 20_000;

const KINDS = [
  { name: 'automatic', delivery: 'auto', queue: 1 },
  { name: 'offered', delivery: 'offer', queue: 2 },
] as const;

interface Place {
  readonly url: string;
  readonly client: Client;
  readonly temporal: Temporal;
  readonly agent: Caller;
}

export const history: Bench = {
  goal: 'Events for 20 messages, rated and closed: at most 24 assigned, 32 offered; none for a further message.',
  async run(ground) {
    const postgres = await ground.postgres();
    const { address } = await ground.temporal();
    const product = await ground.product({ databaseUrl: postgres.url, temporalAddress: address });
    const temporal = connectTemporal(address);
    const url = product.urls[0] ?? '';
    const agent = callerOf(url, { authorization: `Bearer ${agentToken(1)}` });
    try {
      return await withClient(postgres.url, async (client) => {
        for (const { queue, delivery } of KINDS) {
          await seedQueue(client, queue, delivery);
          const settings = JSON.stringify({ survey: { enabled: true } });
          await client.query('UPDATE queue SET settings = $2 WHERE id = $1', [
            idOf('queue', queue),
            settings,
          ]);
        }
        await seedAgents(
          client,
          1,
          KINDS.map(({ queue }) => queue),
        );
        const place: Place = { url, client, temporal, agent };
        const table: Row[] = [];
        const eventsFor20Messages: Record<string, number> = {};
        let eventsPerFurtherMessage = 0;
        for (const kind of KINDS) {
          const events = await wholeLife(place, kind.queue, MESSAGES);
          const more = await wholeLife(place, kind.queue, MANY);
          const further = (more - events) / (MANY - MESSAGES);
          eventsFor20Messages[kind.name] = events;
          eventsPerFurtherMessage = Math.max(eventsPerFurtherMessage, further);
          table.push({ delivery: kind.name, events, [`events for ${MANY}`]: more });
        }
        return { table, json: { eventsFor20Messages, eventsPerFurtherMessage } };
      });
    } finally {
      await temporal.connection.close();
    }
  },
};

/** From the first message to the end, after `messages` in the agent's hands. Returns the events of its history. */
async function wholeLife(place: Place, queue: number, messages: number): Promise<number> {
  const { url, agent } = place;
  const visitor = callerOf(url, {
    authorization: `Bearer ${visitorToken(`visitor of ${queue}, ${messages}`, queue)}`,
    origin: ORIGIN,
  });
  let written = 0;
  const write = (): Promise<{ conversationId: string }> =>
    visitor.post('/visitor/messages', { id: `message-${written++}`, text: 'Where is my order?' });

  const { conversationId: id } = await write();
  const row = () => stateOf(place.client, id);
  await until('it has reached an agent and its workflow', async () => {
    const { placement, loaded } = await row();
    return loaded && (placement === 'assigned' || placement === 'offered');
  });
  if ((await row()).placement === 'offered') {
    await agent.post(`/conversations/${id}/accept`, {});
    await until('the workflow knows the claim', async () => (await row()).loaded);
  }
  for (let n = 1; n <= messages; n++) {
    if (n % 2 === 0) await write();
    else await agent.post(`/conversations/${id}/messages`, { text: 'It is on its way.' });
  }
  await agent.post(`/conversations/${id}/commands`, { name: 'solve' });
  await until('the survey runs', async () => (await row()).survey === 'running');
  await visitor.post('/visitor/survey', { conversationId: id, rating: 9 });
  const handle = place.temporal.workflow.getHandle(conversationWorkflowId(id));
  const how: unknown = await handle.result();
  const { status, survey } = await row();
  if (how !== 'closed' || status !== 'closed' || survey !== 'answered') {
    throw new Error(`it ended as ${String(how)}, ${status}, ${survey}`);
  }
  const stored = await place.client.query<{ count: string }>(
    'SELECT count(*) AS count FROM message WHERE conversation_id = $1',
    [id],
  );
  if (Number(stored.rows[0]?.count) < messages + 1) throw new Error('messages are missing');
  return (await handle.fetchHistory()).events?.length ?? 0;
}

async function stateOf(client: Client, id: string) {
  const { rows } = await client.query<{
    status: string;
    placement: string | null;
    survey: string;
    loaded: boolean;
  }>(
    `SELECT status, placement, survey, loaded_version = version AND seen_claim_no = claim_no AS loaded
       FROM conversation WHERE id = $1`,
    [id],
  );
  const [row] = rows;
  if (!row) throw new Error('the conversation is gone');
  return row;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + SETTLED_WITHIN_MS;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await sleep(20);
  }
}
