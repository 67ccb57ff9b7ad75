/**
 * What clients may get wrong, asked over HTTP: each must get its code and status, change nothing, and leave no trace of
 * its text in a log.
 */
import type { Method } from '../../contracts/endpoint';
import { ERRORS, type ErrorCode } from '../../core/errors';
import { newId } from '../../db/ids';
import { createTestApi, type TestApi } from './api';
import { makeAgent, makeQueue } from './people';

/** Stands in what is sent; must never be seen again. */
export const MARK = 'MARK-of-the-customer';

/** Names that a path may hold in braces. */
type Named = 'admin' | 'agent' | 'queue' | 'channel' | 'unknown';
export type Caller = 'admin' | 'agent' | 'none' | 'forged' | 'expired' | 'ended';

export interface Sent {
  readonly method: Method;
  readonly path: string;
  /** An administrator unless told otherwise. */
  readonly caller?: Caller | undefined;
  readonly body?: unknown;
  /** Sent as it is, as JSON unless `type` says otherwise. */
  readonly raw?: string | undefined;
  readonly type?: string | undefined;
}

const sentBy =
  (method: Method) =>
  (path: string, body?: unknown, caller?: Caller): Sent => ({ method, path, body, caller });
export const get = sentBy('get');
export const post = sentBy('post');
export const put = sentBy('put');
export const patch = sentBy('patch');
export const del = sentBy('delete');

export interface BadInput {
  readonly api: TestApi;
  /** Sends it and checks all that a refusal promises. */
  refusedWith(sent: Sent, code: ErrorCode): Promise<void>;
  close(): Promise<void>;
}

/** An API with one of each thing, and callers of every sort. */
export async function createBadInput(): Promise<BadInput> {
  const api = await createTestApi();
  const [admin, agent] = [
    await makeAgent(api.db, [], { role: 'admin' }),
    await makeAgent(api.db, []),
  ];
  const ids: Record<Named, string> = {
    admin,
    agent,
    queue: await makeQueue(api.db),
    channel: '',
    unknown: newId(),
  };
  const tokens: Record<Caller, string | undefined> = {
    admin: await api.tokenFor(admin),
    agent: await api.tokenFor(agent),
    none: undefined,
    forged: 'f'.repeat(43),
    expired: await overToken(api, 'expires_at'),
    ended: await overToken(api, 'ended_at'),
  };
  const channel = await api
    .call('post', '/channels', tokens.admin)
    .send({ kind: 'open', name: 'Bridge', queueId: ids.queue })
    .expect(201);
  ids.channel = channel.body.channel.id;
  return {
    api,
    close: () => api.close(),
    async refusedWith(sent, code) {
      const before = await fingerprint(api);
      const logBefore = api.logged().length;
      const path = sent.path.replace(/\{(\w+)\}/g, (_, name: Named) => ids[name]);
      const call = api.call(sent.method, path, tokens[sent.caller ?? 'admin']);
      const answer = await (sent.raw === undefined
        ? call.send(sent.body as object)
        : call.set('Content-Type', sent.type ?? 'application/json').send(sent.raw));
      expect([answer.body.code, answer.status]).toEqual([code, ERRORS[code].status]);
      expect(answer.body).toEqual({
        code,
        message: ERRORS[code].message,
        details: expect.any(Object),
        requestId: answer.headers['x-request-id'],
      });
      expect(answer.text).not.toMatch(new RegExp(`${MARK}|node_modules|at .*\\.ts`));
      expect(api.logged().slice(logBefore)).not.toMatch(new RegExp(`${MARK}|"level":50`));
      expect(await fingerprint(api)).toBe(before);
    },
  };
}

/** The token of a session that is over. */
async function overToken(api: TestApi, column: 'expires_at' | 'ended_at'): Promise<string> {
  const agentId = await makeAgent(api.db, []);
  const token = await api.tokenFor(agentId);
  await api.db.query(`UPDATE session SET ${column} = now() WHERE agent_id = $1`, [agentId]);
  return token;
}

const TABLES = [
  ...['calendar', 'closed_date'],
  ...['agent', 'queue', 'queue_member', 'channel', 'contact', 'setting', 'audit', 'hand_out'],
  'emptied_queue',
  ...['identity', 'conversation', 'message', 'command', 'claim', 'idempotency'],
];

/** All rows, as one text. */
async function fingerprint(api: TestApi): Promise<string> {
  const parts = TABLES.map(
    (table) => `SELECT '${table}' AS name, md5(string_agg(t::text, '|' ORDER BY t::text)) AS hash
                  FROM ${table} t`,
  );
  return JSON.stringify(await api.db.query(parts.join(' UNION ALL ')));
}
