import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { newId } from '../../db/ids';
import { until } from '../support/world';
import { tell } from './form';
import { ORIGIN, type Installation } from './installation';
import { makeStaff } from './people';
import { installOnShared } from './shared';

const HOUR_MS = 60 * 60 * 1000;
const CONFIRM_MS = 4_000;

let installation: Installation & { readonly database: string };
let clockFile: string;
let beating: NodeJS.Timeout | undefined;
beforeEach(async () => {
  const preload = join(__dirname, 'step-clock.cjs');
  clockFile = join(mkdtempSync(join(tmpdir(), 'switchyard-clock-')), 'offset');
  installation = await installOnShared({
    NODE_OPTIONS: `--require=${preload}`,
    SWITCHYARD_CLOCK_FILE: clockFile,
  });
}, 120_000);
afterEach(async () => {
  clearInterval(beating);
  for (const { lives, log } of [installation.api, installation.worker]) {
    if (!lives) tell('a process has ended', { log });
  }
  await installation?.close();
  rmSync(dirname(clockFile), { recursive: true, force: true });
}, 60_000);

async function ask(method: string, path: string, token: string, body?: object) {
  const answer = await fetch(`${installation.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      origin: ORIGIN,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> };
}

async function staffed(confirmMs: number) {
  const staff = await makeStaff(installation, 1, { confirmMs, survey: { enabled: false } });
  const [agent] = staff.agents;
  if (!agent) throw new Error('nobody is there');
  return { ...staff, agent };
}

/** A customer's new conversation with its agent. */
async function begin(website: string): Promise<{ id: string; token: string }> {
  const token = installation.visitorToken(website, newId());
  const { status, body } = await ask('POST', '/visitor/messages', token, {
    id: newId(),
    text: 'hi',
  });
  expect(status).toBe(201);
  const id = String(body['conversationId']);
  await until('it has its agent', async () => (await row(id)).owner_id !== null);
  return { id, token };
}

const row = async (id: string) => {
  const rows = await installation.db.query<{ status: string; owner_id: string | null }>(
    'SELECT status, owner_id FROM conversation WHERE id = $1',
    [id],
  );
  return rows[0] ?? { status: 'none', owner_id: null };
};

const solve = async (id: string, token: string): Promise<void> => {
  const { status } = await ask('POST', `/conversations/${id}/commands`, token, { name: 'solve' });
  expect([200, 202]).toContain(status);
  await until('it is solved', async () => (await row(id)).status === 'solved');
};

const closings = async (id: string): Promise<number> => {
  const rows = await installation.db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM conversation_event WHERE conversation_id = $1 AND kind = 'closed'`,
    [id],
  );
  return rows[0]?.n ?? 0;
};

const closed = (id: string) =>
  until('it is closed', async () => (await row(id)).status === 'closed', 30_000);

it('goes by the clock of Postgres, whatever the clocks of its processes say', async () => {
  const { website, agent } = await staffed(CONFIRM_MS);
  const figures: Record<string, number> = {};
  for (const hours of [1, -1]) {
    const { id, token } = await begin(website);
    await solve(id, agent.token);
    const solved = performance.now();
    writeFileSync(clockFile, String(hours * HOUR_MS));
    for (const { pid } of [installation.api, installation.worker]) process.kill(pid, 'SIGHUP');
    // Sessions and tokens hold, and what is written is taken.
    expect((await ask('GET', '/sessions/current', agent.token)).status).toBe(200);
    const other = await begin(website);
    expect((await ask('GET', '/visitor/conversation', token)).status).toBe(200);
    await closed(id);
    figures[`closed, ms, at ${hours} h`] = Math.round(performance.now() - solved);
    expect((await row(other.id)).status).toBe('open');
    expect(await closings(id)).toBe(1);
  }
  tell('the clocks of API and worker are set by an hour', { ...figures, CONFIRM_MS });
  for (const ms of Object.values(figures)) expect(ms).toBeGreaterThan(CONFIRM_MS - 1_000);
}, 120_000);

/** Sets the product's clock; connections take it over when they are made. */
async function setClock(interval: string): Promise<void> {
  const { db, database } = installation;
  await db.query(`ALTER DATABASE ${database} SET switchyard.clock_offset = '${interval}'`);
  await db.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND application_name LIKE 'switchyard%'`,
  );
}

it('closes what the clock of Postgres says and nothing else, once, when that clock is set', async () => {
  const soon = await staffed(HOUR_MS / 2);
  const late = await staffed(2 * HOUR_MS);
  // A screen that is open is a sign of life.
  beating = setInterval(() => {
    for (const { agent } of [soon, late])
      void ask('GET', '/sessions/current', agent.token).catch(() => null);
  }, 500);
  const [over, notOver, open] = [
    await begin(soon.website),
    await begin(late.website),
    await begin(late.website),
  ];
  await solve(over.id, soon.agent.token);
  await solve(notOver.id, late.agent.token);
  const stepped = performance.now();
  await setClock('1 hour');
  await closed(over.id);
  const closedMs = Math.round(performance.now() - stepped);
  expect((await row(notOver.id)).status).toBe('solved');
  expect(await row(open.id)).toEqual({ status: 'open', owner_id: late.agent.id });

  await setClock('0');
  const fresh = await until('new messages are taken', () => begin(late.website), 30_000);
  await solve(fresh.id, late.agent.token);
  await setClock('-1 hour');
  const { id } = await until('new messages are taken', () => begin(soon.website), 30_000);
  await solve(id, soon.agent.token);
  const solvedMs = Math.round(performance.now() - stepped);
  const released = await installation.db.query(`SELECT 1 FROM command WHERE name = 'release'`);
  const all = [await row(over.id), await row(notOver.id), await row(open.id), await row(fresh.id)];
  tell('the clock of Postgres is set by an hour', {
    ...{ closedMs, solvedMs, released: released.length, closings: await closings(over.id) },
  });
  expect(all.map(({ status }) => status)).toEqual(['closed', 'solved', 'open', 'solved']);
  expect(await closings(over.id)).toBe(1);
  expect(released).toEqual([]);
}, 180_000);
