/** The API over real HTTP on a database of its own. Only the doorbell records instead of ringing: no Temporal here. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import request from 'supertest';
import { createApp } from '../../api/app';
import type { ApiDeps } from '../../api/deps';
import { attachRealtime } from '../../api/realtime/attach';
import { createHub } from '../../api/realtime/hub';
import { AfterCommit } from '../../db/after-commit';
import { connectDatabase, type Database } from '../../db/client';
import type { Ring } from '../../db/effects';
import { newId } from '../../db/ids';
import { Intake } from '../../db/messages/intake';
import { Lookups } from '../../db/lookups';
import { findOrInsertSession } from '../../db/agents/sessions';
import { readEnv } from '../../platform/env';
import { createLogger } from '../../platform/logger';
import { createMetrics } from '../../platform/metrics';
import { diskStorage } from '../../platform/storage';
import { freshDatabase } from './database';
import { drivenDoorbell } from './workflow-driver';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export interface TestApi {
  readonly db: Database;
  readonly deps: ApiDeps;
  readonly server: Server;
  /** http://127.0.0.1:port, without a slash at the end. */
  readonly url: string;
  readonly rings: Ring[];
  readonly deliveries: string[];
  /** False while rings are lost, as with Temporal down. Only where the API is driven. */
  decides: boolean;
  /** All that was logged, as it was written. */
  logged(): string;
  /** A session token for `Authorization: Bearer`, without going through sign-in. */
  tokenFor(agentId: string): Promise<string>;
  /** A request under /api/v1, with this token where one is given. */
  call(method: Method, path: string, token?: string): request.Test;
  close(): Promise<void>;
}

/**
 * Starts it on a free port. `environment` overrides what the API reads from the environment. `driven` decides what is
 * rung for at once, as a workflow would; `realtime` attaches the sockets.
 */
export async function createTestApi(
  environment: Readonly<Record<string, string>> = {},
  options: { readonly driven?: boolean; readonly realtime?: boolean } = {},
): Promise<TestApi> {
  const database = await freshDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-api-'));
  const db = connectDatabase({ url: database.url, name: 'test' });
  const rings: Ring[] = [];
  const deliveries: string[] = [];
  const lines: string[] = [];
  const driver = drivenDoorbell(db, (effects) => afterCommit.start(effects));
  driver.on = options.driven ?? false;
  const doorbell = {
    ring: async (ring: Ring) => {
      rings.push(ring);
      await driver.ring(ring);
    },
    deliver: async (conversationId: string) => void deliveries.push(conversationId),
  };
  const env = readEnv({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    SWITCHYARD_SECRET: randomBytes(32).toString('hex'),
    SWITCHYARD_HOME: folder,
    ...environment,
  });
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const log = createLogger({ level: 'debug', name: 'test' }, destination);
  const metrics = createMetrics();
  const report = (error: unknown, what: string): void => log.error({ err: error }, what);
  const afterCommit = new AfterCommit(db, doorbell, report, metrics.handedOut);
  const hub = options.realtime
    ? createHub({
        db,
        url: database.url,
        wake: afterCommit.wake,
        report,
      })
    : undefined;
  const deps: ApiDeps = {
    db,
    hub,
    afterCommit,
    intake: new Intake(db, (effects) => afterCommit.start(effects)),
    lookups: new Lookups(db),
    env,
    log,
    metrics,
    storage: diskStorage(env.filesDir),
    pingTemporal: async () => undefined,
  };
  const server = createServer(createApp(deps));
  const realtime = hub && attachRealtime(server, { ...deps, hub });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const url = `http://127.0.0.1:${port}`;
  return {
    db,
    deps,
    server,
    url,
    rings,
    deliveries,
    get decides() {
      return driver.on;
    },
    set decides(on) {
      driver.on = on;
    },
    logged: () => lines.join(''),
    async tokenFor(agentId) {
      const token = randomBytes(32).toString('base64url');
      await findOrInsertSession(db, { id: newId(), agentId, token, userAgent: null });
      return token;
    },
    call(method, path, token) {
      const call = request(url)[method](`/api/v1${path}`);
      return token ? call.set('Authorization', `Bearer ${token}`) : call;
    },
    async close() {
      realtime?.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await afterCommit.settled();
      await hub?.close();
      await db.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
