import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { newId } from '../../db/ids';
import { until } from '../support/world';
import { full, isFull, tell } from './form';
import { ORIGIN, type Installation } from './installation';
import { makeStaff, type Staff } from './people';
import { installOnShared } from './shared';

const SOCKETS = full(5_000, 500);
/** Windows of one visitor: each is told everything. */
const WINDOWS = 20;
/** Visitors to whose windows more is sent than can wait for them. */
const FLOODED = full(5, 1);
const ROUNDS = 160;
/** As much as a message may hold; the system itself keeps some megabytes for each socket. */
const TEXT = '漢'.repeat(10_000);

let installation: Installation;
let staff: Staff;
let holder: ChildProcess | undefined;
let screen: Socket | undefined;
beforeAll(async () => {
  installation = await installOnShared();
  staff = await makeStaff(installation, 1);
}, 120_000);
afterAll(async () => {
  screen?.close();
  holder?.stdin?.end();
  if (holder && holder.exitCode === null) await once(holder, 'exit');
  await installation?.close();
}, 60_000);

async function post(path: string, token: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(`${installation.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      origin: ORIGIN,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  const read = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${JSON.stringify(read)}`);
  return read;
}

async function visitor(name: string): Promise<{ token: string; conversationId: string }> {
  const token = installation.visitorToken(staff.website, name);
  const taken = await post('/visitor/messages', token, { id: newId(), text: 'hello' });
  return { token, conversationId: String(taken['conversationId']) };
}

const cutSockets = async (): Promise<number> => {
  const text = await (await fetch(`${installation.url}/metrics`)).text();
  const counts = [...text.matchAll(/^switchyard_sockets_cut_total\{.*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
};

/** Connections that the API holds open. */
function connections(): number {
  const port = Number(new URL(installation.url).port).toString(16).toUpperCase().padStart(4, '0');
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n');
  return lines.filter((line) => new RegExp(`^ *\\d+: [0-9A-F]{8}:${port} \\S+ 01 `).test(line))
    .length;
}

/** Holds sockets that do not read; returns once all are there. */
async function holdSockets(tokens: readonly string[]): Promise<void> {
  holder = spawn(process.execPath, [join(__dirname, 'hold-sockets.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { port } = new URL(installation.url);
  holder.stdin?.write(`${JSON.stringify({ port: Number(port), origin: ORIGIN, tokens })}\n`);
  if (!holder.stdout) throw new Error('its output is not read');
  const [line] = (await once(createInterface({ input: holder.stdout }), 'line')) as [string];
  expect(JSON.parse(line)).toEqual({ held: tokens.length });
}

it('cuts clients that do not read, and serves the others as ever', async () => {
  const { api } = installation;
  const agent = staff.agents[0]?.token ?? '';
  const count = SOCKETS / WINDOWS;
  const visitors = await Promise.all([...Array(count).keys()].map((n) => visitor(`silent-${n}`)));
  const writer = await visitor('somebody who reads');
  const owners = `SELECT 1 FROM conversation WHERE owner_id IS NULL`;
  await until('all have the agent', async () => (await installation.db.query(owners)).length === 0);
  screen = io(`${installation.url}/agent`, {
    auth: { token: agent },
    transports: ['websocket'],
    forceNew: true,
  });
  const heard = new Set<string>();
  screen.on('conversation.changed', ({ messages }: { messages: { id: string }[] }) => {
    for (const { id } of messages) heard.add(id);
  });
  const wanted = { conversationId: writer.conversationId, rev: 0 };
  await screen.timeout(20_000).emitWithAck('conversation.subscribe', wanted);
  const idleMb = api.takePeakMb();
  await holdSockets(visitors.flatMap(({ token }) => Array<string>(WINDOWS).fill(token)));
  const heldMb = api.takePeakMb();

  const tookMs: number[] = [];
  let flooding = true;
  const others = (async () => {
    while (flooding) {
      const began = performance.now();
      const sent = { id: newId(), text: 'are you there?' };
      const { messageId } = await post('/visitor/messages', writer.token, sent);
      await until('the agent sees it', async () => heard.has(String(messageId)), 30_000);
      tookMs.push(Math.round(performance.now() - began));
      // No faster than a visitor may write.
      await sleep(500);
    }
  })();
  // Something for each of them, then for some of them without end.
  for (const { conversationId } of visitors) {
    await post(`/conversations/${conversationId}/messages`, agent, { text: 'for all' });
  }
  const flooded = visitors.slice(0, FLOODED);
  const began = performance.now();
  let rounds = 0;
  await until(
    'it has gone on for long enough',
    async () => {
      for (const { conversationId } of flooded) {
        await post(`/conversations/${conversationId}/messages`, agent, { text: TEXT });
      }
      // In the full form until the last of them is gone: who answers no ping is closed after 40 s.
      return isFull ? connections() < SOCKETS / 10 : ++rounds >= ROUNDS;
    },
    120_000,
  );
  const floodedMs = Math.round(performance.now() - began);
  flooding = false;
  await others;
  const figures = { idleMb, heldMb, floodedMb: api.takePeakMb(), cut: await cutSockets() };
  tookMs.sort((a, b) => a - b);
  const medianMs = tookMs[Math.floor(tookMs.length / 2)];
  const others95Ms = tookMs[Math.floor(tookMs.length * 0.95)];
  tell(`${SOCKETS} sockets do not read`, {
    ...{ ...figures, floodedMs, open: connections(), medianMs, others95Ms },
  });
  expect(figures.floodedMb).toBeLessThan(figures.heldMb + 300);

  // One of them begins to read again: it gets what it missed.
  const back = io(`${installation.url}/visitor`, {
    auth: { token: flooded[0]?.token },
    transports: ['websocket'],
    extraHeaders: { Origin: ORIGIN },
    forceNew: true,
  });
  const [changes] = await Promise.all([
    new Promise<{ messages: unknown[] }>(
      (resolve) => void back.once('conversation.changed', resolve),
    ),
    back.timeout(20_000).emitWithAck('follow', { conversationId: null }),
  ]);
  back.close();
  expect(changes.messages.length).toBeGreaterThan(2);
}, 240_000);
