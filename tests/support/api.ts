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
import { AfterCommit } from '../../db/after-commit';
import { connectDatabase, type Database } from '../../db/client';
import type { Ring } from '../../db/effects';
import { newId } from '../../db/ids';
import { insertSession } from '../../db/sessions';
import { readEnv } from '../../platform/env';
import { createLogger } from '../../platform/logger';
import { createMetrics } from '../../platform/metrics';
import { diskStorage } from '../../platform/storage';
import { freshDatabase } from './database';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export interface TestApi {
  readonly db: Database;
  readonly deps: ApiDeps;
  readonly server: Server;
  /** http://127.0.0.1:port, without a slash at the end. */
  readonly url: string;
  readonly rings: Ring[];
  readonly deliveries: string[];
  /** All that was logged, as it was written. */
  logged(): string;
  /** A session token for `Authorization: Bearer`, without going through sign-in. */
  tokenFor(agentId: string): Promise<string>;
  /** A request under /api/v1, with this token where one is given. */
  call(method: Method, path: string, token?: string): request.Test;
  close(): Promise<void>;
}

/** Starts it on a free port. `environment` overrides what the API reads from the environment. */
export async function createTestApi(
  environment: Readonly<Record<string, string>> = {},
): Promise<TestApi> {
  const database = await freshDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-api-'));
  const db = connectDatabase({ url: database.url, name: 'test' });
  const rings: Ring[] = [];
  const deliveries: string[] = [];
  const lines: string[] = [];
  const doorbell = {
    ring: async (ring: Ring) => void rings.push(ring),
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
  const afterCommit = new AfterCommit(db, doorbell, (error, what) =>
    log.error({ err: error }, what),
  );
  const deps: ApiDeps = {
    db,
    afterCommit,
    env,
    log,
    metrics: createMetrics(),
    storage: diskStorage(env.filesDir),
    pingTemporal: async () => undefined,
  };
  const server = createServer(createApp(deps));
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
    logged: () => lines.join(''),
    async tokenFor(agentId) {
      const token = randomBytes(32).toString('base64url');
      await insertSession(db, { id: newId(), agentId, token, userAgent: null });
      return token;
    },
    call(method, path, token) {
      const call = request(url)[method](`/api/v1${path}`);
      return token ? call.set('Authorization', `Bearer ${token}`) : call;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await afterCommit.settled();
      await db.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
