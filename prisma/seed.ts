/** Demo data: people, two queues and two channels with ids that never change. */
import { writeAudit } from '../db/audit';
import type { Database, Tx } from '../db/client';
import { writeVersion } from '../db/queues/queue-versions';
import { insertRow } from '../db/write-columns';
import { newSigningSecret, sealSecrets } from '../platform/channel-secrets';
import { hashPassword } from '../platform/passwords';

export const DEMO_PASSWORD = 'switchyard-demo';

/** Ids by which programs find the demo data. */
export const DEMO = {
  admin: 'd0000000-0000-4000-8000-000000000001',
  supervisor: 'd0000000-0000-4000-8000-000000000002',
  agent: 'd0000000-0000-4000-8000-000000000003',
  agent2: 'd0000000-0000-4000-8000-000000000004',
  support: 'd0000000-0000-4000-8000-000000000011',
  sales: 'd0000000-0000-4000-8000-000000000012',
  website: 'd0000000-0000-4000-8000-000000000021',
  openDemo: 'd0000000-0000-4000-8000-000000000022',
} as const;

const people = [
  { id: DEMO.admin, email: 'admin@example.com', name: 'Ada Admin', role: 'admin' },
  { id: DEMO.supervisor, email: 'supervisor@example.com', name: 'Sam Super', role: 'supervisor' },
  { id: DEMO.agent, email: 'agent@example.com', name: 'Alex Agent', role: 'agent' },
  { id: DEMO.agent2, email: 'agent2@example.com', name: 'Ari Agent', role: 'agent' },
] as const;

const survey = {
  enabled: true,
  question: 'How satisfied are you with this conversation, from 1 to 10?',
  commentQuestion: 'Would you like to add a comment?',
  thanks: 'Thank you for your answer!',
};

/**
 * Fills an installation that has no agent, in one transaction; any other is left alone, except that the demo website
 * may be opened from where the product runs now.
 */
export async function seedDemo(
  db: Database,
  options: { secret: string; port: number; publicUrl: string },
): Promise<void> {
  const { secret, port, publicUrl } = options;
  const origins = [
    ...new Set([`http://localhost:${port}`, `http://127.0.0.1:${port}`, new URL(publicUrl).origin]),
  ];
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  await db.transaction(async (tx) => {
    // Two that start together: the second waits, and finds agents.
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('switchyard demo data'))`);
    const agents = await tx.query('SELECT 1 FROM agent LIMIT 1');
    if (agents.length === 0) await fill(tx, { origins, secret, passwordHash });
    else await allowOrigins(tx, origins);
  });
}

async function fill(
  tx: Tx,
  given: { origins: string[]; secret: string; passwordHash: string },
): Promise<void> {
  for (const person of people) {
    await insertRow(tx, 'agent', {
      ...person,
      password_hash: given.passwordHash,
      channel_kinds: [],
    });
  }
  await insertRow(tx, 'queue', {
    id: DEMO.support,
    name: 'Support',
    delivery: 'offer',
    settings: JSON.stringify({ survey }),
  });
  await insertRow(tx, 'queue', { id: DEMO.sales, name: 'Sales', delivery: 'auto' });
  for (const queueId of [DEMO.support, DEMO.sales]) {
    await writeVersion(tx, { kind: 'system', id: null }, queueId);
    for (const agentId of [DEMO.agent, DEMO.agent2]) {
      await tx.query('INSERT INTO queue_member (queue_id, agent_id) VALUES ($1, $2)', [
        queueId,
        agentId,
      ]);
    }
  }
  await insertRow(tx, 'channel', {
    id: DEMO.website,
    kind: 'live-chat',
    name: 'Website',
    queue_id: DEMO.support,
    settings: JSON.stringify({
      allowedOrigins: given.origins,
      welcome: 'How can we help?',
      colours: { accent: '#1d6b45' },
      sneakPeek: true,
      pageVisits: true,
    }),
  });
  await insertRow(tx, 'channel', {
    id: DEMO.openDemo,
    kind: 'open',
    name: 'Open demo',
    queue_id: DEMO.sales,
    settings: JSON.stringify({ replyUrl: null, windowMode: 'none' }),
    sealed: sealSecrets(given.secret, [newSigningSecret()]),
  });
  await writeAudit(tx, { kind: 'system', id: null }, 'demo.seed', 'settings');
}

/** The port may be another one at the next start. */
async function allowOrigins(tx: Tx, origins: readonly string[]): Promise<void> {
  const rows = await tx.query<{ allowed: string[] }>(
    `SELECT settings->'allowedOrigins' AS allowed FROM channel
      WHERE id = $1 AND archived_at IS NULL FOR NO KEY UPDATE`,
    [DEMO.website],
  );
  const allowed = rows[0]?.allowed;
  if (!allowed) return;
  const all = [...new Set([...allowed, ...origins])];
  if (all.length === allowed.length) return;
  await tx.query(
    `UPDATE channel SET settings = jsonb_set(settings, '{allowedOrigins}', $2) WHERE id = $1`,
    [DEMO.website, JSON.stringify(all)],
  );
}
