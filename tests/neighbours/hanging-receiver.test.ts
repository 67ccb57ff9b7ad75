import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '../../db/ids';
import { serveHandOut } from '../../db/routing/hand-out';
import { receiveMessage } from '../../db/messages/receive-message';
import { sealSecrets } from '../../platform/channel-secrets';
import { startFakeReceiver, type FakeReceiver } from '../support/fake-receiver';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../support/people';
import { until } from '../support/world';
import { full, tell } from './form';
import type { Installation } from './installation';
import { installOnShared } from './shared';

const KEY = Buffer.from('key of the customer');
const HANGING = full(200, 60);
const WELL = 10;
/** What one channel may have under way, in activities/channel-slots.ts. */
const MOST_AT_ONCE = 40;

let installation: Installation;
let receiver: FakeReceiver;
beforeAll(async () => {
  installation = await installOnShared();
  receiver = await startFakeReceiver(KEY);
}, 120_000);
afterAll(async () => {
  await receiver?.close();
  await installation?.close();
}, 60_000);

/** A receiver that takes every call and answers none, until it is well. */
class HangingReceiver {
  readonly taken = new Set<string>();
  /** When each message came, milliseconds. */
  readonly calls = new Map<string, number[]>();
  mostOpen = 0;
  private readonly open = new Set<ServerResponse>();
  private isWell = false;
  private readonly server: Server;

  constructor() {
    this.server = createServer((req, res) => {
      const id = String(req.headers['webhook-id']);
      this.calls.set(id, [...(this.calls.get(id) ?? []), performance.now()]);
      req.resume();
      if (this.isWell) {
        this.taken.add(id);
        res.end();
        return;
      }
      this.open.add(res);
      this.mostOpen = Math.max(this.mostOpen, this.open.size);
      res.once('close', () => this.open.delete(res));
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  recover(): void {
    this.isWell = true;
  }

  /** The shortest time between two calls for one message. */
  get shortestPauseMs(): number {
    const pauses = [...this.calls.values()].flatMap((times) =>
      times.slice(1).map((at, n) => at - (times[n] ?? 0)),
    );
    return Math.round(Math.min(...pauses));
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** Conversations of one channel, each with its agent. */
async function conversationsOn(replyUrl: string, count: number) {
  const { db, secret, tokenFor } = installation;
  const queue = await makeQueue(db);
  const agentId = await makeAgent(db, [queue], { maxUnits: 1_000_000 });
  const channel = await makeChannel(db, queue, 'open');
  await db.query('UPDATE channel SET settings = $2, sealed = $3 WHERE id = $1', [
    channel.id,
    JSON.stringify({ replyUrl, windowMode: 'none' }),
    sealSecrets(secret, [`whsec_${KEY.toString('base64')}`]),
  ]);
  const ids: string[] = [];
  for (let at = 0; at < count; at++) {
    const customer = await makeCustomer(db, channel);
    const message = { ...customer, externalId: newId(), text: 'hello' };
    const { value, effects } = await receiveMessage(db, message);
    for (const handOut of effects.handOuts) await serveHandOut(db, handOut);
    ids.push(value.conversationId);
  }
  return { ids, token: await tokenFor(agentId) };
}

async function reply(id: string, token: string): Promise<string> {
  const answer = await fetch(`${installation.url}/api/v1/conversations/${id}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'a reply' }),
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

it('keeps the conversations of a receiver that hangs from holding up all others', async () => {
  const hanging = new HangingReceiver();
  try {
    const ill = await conversationsOn(await hanging.start(), HANGING);
    const well = await conversationsOn(receiver.url, WELL);
    await Promise.all(ill.ids.map((id) => reply(id, ill.token)));
    await until('calls hang', async () => hanging.calls.size >= Math.min(HANGING, 20), 60_000);

    const took: number[] = [];
    for (const id of well.ids) {
      const began = performance.now();
      const messageId = await reply(id, well.token);
      const arrived = async () => receiver.taken.some((taken) => taken.id === messageId);
      await until('it arrives', arrived, 30_000);
      took.push(Math.round(performance.now() - began));
    }
    await until('some are tried again', async () => hanging.shortestPauseMs < 1e9, 60_000);
    const calls = [...hanging.calls.values()].reduce((sum, times) => sum + times.length, 0);
    hanging.recover();
    const recovered = performance.now();
    const all = async () => hanging.taken.size === HANGING;
    await until('all arrive', all, 120_000);
    const figures = {
      ...{ hanging: HANGING, mostOpen: hanging.mostOpen, callsWhileHanging: calls },
      ...{ shortestPauseMs: hanging.shortestPauseMs, othersMs: took },
      allAfterMs: Math.round(performance.now() - recovered),
      workerMb: installation.worker.takePeakMb(),
    };
    tell('a receiver hangs', figures);
    expect(hanging.mostOpen).toBeLessThanOrEqual(MOST_AT_ONCE);
    // A call is given up after 10 s, and the next one comes no sooner than a second later.
    expect(figures.shortestPauseMs).toBeGreaterThan(10_000);
    expect(receiver.faults).toEqual([]);
  } finally {
    hanging.close();
  }
}, 240_000);
