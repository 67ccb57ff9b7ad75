/** A queue with agents who have room for all, and a website on it. */
import { newId } from '../../db/ids';
import type { QueueSettings } from '../../core/routing/policy';
import { makeAgent, makeQueue } from '../support/people';
import { ORIGIN, type Installation } from './installation';

export interface Staff {
  readonly queueId: string;
  readonly website: string;
  readonly agents: readonly { readonly id: string; readonly token: string }[];
}

export async function makeStaff(
  { db, tokenFor }: Pick<Installation, 'db' | 'tokenFor'>,
  agents: number,
  settings: QueueSettings = {},
): Promise<Staff> {
  const queueId = await makeQueue(db, { settings });
  const made: { id: string; token: string }[] = [];
  for (let at = 0; at < agents; at++) {
    const id = await makeAgent(db, [queueId], { maxUnits: 1_000_000 });
    made.push({ id, token: await tokenFor(id) });
  }
  const website = newId();
  await db.query(
    `INSERT INTO channel (id, kind, name, queue_id, settings) VALUES ($1, 'live-chat', 'Website', $2, $3)`,
    [website, queueId, JSON.stringify({ allowedOrigins: [ORIGIN] })],
  );
  return { queueId, website, agents: made };
}
