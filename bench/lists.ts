/** How long the lists take that people look at, in an installation with many conversations, over the real API. */
import { signVisitorToken } from '../channels/inbound';
import { visitorSecret } from '../platform/channel-secrets';
import type { Bench, Row } from './bench';
import { SECRET } from './ground';
import type { ListsConfig, ListsResult, Question } from './load/lists';
import { idOf, ORIGIN, withClient } from './seed';
import {
  ADMIN,
  AGENTS,
  CLOSED,
  OVERSEER,
  QUEUES,
  seedLists,
  SUPERVISOR,
  tokenOf,
  UNCLOSED,
} from './seed-lists';

const TIMES = 40;
const CONNECTIONS = [1, 8] as const;

export const lists: Bench = {
  goal: `Every list and filter over ${UNCLOSED} conversations that are not closed and ${CLOSED} that are: p95 below 100 ms.`,
  async run(ground) {
    const { url: databaseUrl } = await ground.postgres({
      max_wal_size: '4GB',
      maintenance_work_mem: '256MB',
    });
    const { address: temporalAddress } = await ground.temporal();
    // No worker: nothing shall change while lists are read.
    const { urls } = await ground.product({ databaseUrl, temporalAddress, workers: 0 });
    const url = urls[0] ?? '';
    await withClient(databaseUrl, seedLists);
    const questions = await askable(url);
    const found: Record<number, ListsResult['p95Ms']> = {};
    for (const connections of CONNECTIONS) {
      const config: ListsConfig = { url, questions, connections, times: TIMES };
      found[connections] = (await ground.load<ListsResult>('lists', config)).p95Ms;
    }
    const table = questions.map(({ name }): Row => ({
      list: name,
      'p95Ms at 1': found[1]?.[name] ?? 0,
      'p95Ms at 8': found[8]?.[name] ?? 0,
    }));
    const p95Ms = found[1] ?? {};
    const slowestMs = Math.max(...Object.values(p95Ms));
    const json = {
      p95Ms,
      p95MsAt8: found[8],
      slowestMs,
      conversations: UNCLOSED + CLOSED,
      unclosed: UNCLOSED,
    };
    return { table, json };
  },
};

const some = (kind: Parameters<typeof idOf>[0], of: number, step = 1): string[] =>
  Array.from({ length: 20 }, (_, at) => idOf(kind, ((at * step * 7) % of) + 1));
const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString();

/** What the lists can be filtered by; more than one value, so that no single one is measured. */
const FILTERS: Readonly<Record<string, readonly string[]>> = {
  '': [''],
  queueId: some('queue', QUEUES).map((id) => `queueId=${id}`),
  channelId: some('channel', QUEUES).map((id) => `channelId=${id}`),
  channelKind: ['channelKind=open', 'channelKind=live-chat'],
  agentId: some('agent', AGENTS).map((id) => `agentId=${id}`),
  contactId: some('contact', UNCLOSED, 222).map((id) => `contactId=${id}`),
  identityId: some('customer', UNCLOSED, 333).map((id) => `identityId=${id}`),
  number: [CLOSED - 1_000, CLOSED + 1_000].map((number) => `number=${number}`),
  'customer (common)': ['customer=Greta', 'customer=an'],
  'customer (rare)': ['customer=customer4711', 'customer=Tilda%20Weiss', 'customer=visitor777'],
  'customer (nobody)': ['customer=Zarathustra', 'customer=qx'],
  'from, to (old)': [`from=${day(97)}&to=${day(90)}`, `from=${day(7)}&to=${day(6)}`],
  'from (new)': [`from=${day(1)}`],
  'status waiting': ['status=waiting'],
  'status solved': ['status=solved'],
};

/** By view: who looks, and by which of the filters. */
const LOOKS: readonly (readonly [view: string, who: string, filters: readonly string[]])[] = [
  ['mine', 'agent', ['', 'status waiting', 'queueId', 'customer (rare)', 'from (new)']],
  ['unassigned', 'agent', ['', 'queueId', 'channelKind', 'customer (rare)']],
  [
    'unassigned',
    'admin',
    Object.keys(FILTERS).filter((name) => !name.startsWith('status') && name !== 'agentId'),
  ],
  ['active', 'supervisor', ['', 'agentId', 'status waiting', 'customer (rare)', 'from, to (old)']],
  ['active', 'overseer', ['', 'status solved']],
  ['active', 'admin', Object.keys(FILTERS)],
  ['closed', 'agent', ['', 'queueId', 'customer (common)', 'customer (rare)', 'from, to (old)']],
  ['closed', 'supervisor', ['', 'agentId', 'customer (rare)', 'from, to (old)']],
  ['closed', 'admin', Object.keys(FILTERS).filter((name) => !name.startsWith('status'))],
];

const PEOPLE: Readonly<Record<string, readonly number[]>> = {
  agent: Array.from({ length: 20 }, (_, at) => at * 9 + 1),
  supervisor: [SUPERVISOR],
  overseer: [OVERSEER],
  admin: [ADMIN],
};

const bearer = (token: string): string => `Authorization: Bearer ${token}\r\n`;

async function askable(url: string): Promise<Question[]> {
  const questions = LOOKS.flatMap(([view, who, filters]) =>
    filters.map((name): Question => {
      const values = FILTERS[name] ?? [];
      const people = PEOPLE[who] ?? [];
      const asked = Array.from({ length: TIMES }, (_, at) => ({
        path: `/api/v1/conversations?view=${view}&${values[at % values.length]}`,
        headers: bearer(tokenOf(people[at % people.length] ?? 0)),
      }));
      return { name: `${view} of ${who}${name && `, by ${name}`}`, asked };
    }),
  );
  const asAdmin = bearer(tokenOf(ADMIN));
  const others = ['contacts', 'contacts?search=customer4712', 'contacts?search=Zarathustra'];
  for (const path of [...others, 'agents', 'agents?search=Agent%2017', 'queues']) {
    questions.push({ name: path, asked: [{ path: `/api/v1/${path}`, headers: asAdmin }] });
  }
  for (const view of ['unassigned', 'active', 'closed']) {
    const path = await lastOfPages(`${url}/api/v1/conversations?view=${view}`, 5);
    questions.push({ name: `${view} of admin, sixth page`, asked: [{ path, headers: asAdmin }] });
  }
  // All of the second website.
  const visitors = Array.from({ length: 20 }, (_, at) => at * 4_000 + 1);
  questions.push({
    name: 'history of a visitor',
    asked: visitors.map((n) => ({ path: '/api/v1/visitor/history', headers: visitor(n) })),
  });
  return questions;
}

function visitor(n: number): string {
  const who = { channelId: idOf('channel', (n % QUEUES) + 1), externalId: `visitor-${n}` };
  const { token } = signVisitorToken(visitorSecret(SECRET), who, Date.now());
  return `${bearer(token)}Origin: ${ORIGIN}\r\n`;
}

/** The path of the page after so many pages. */
async function lastOfPages(first: string, pages: number): Promise<string> {
  let after = '';
  for (let page = 0; page < pages; page++) {
    const answer = await fetch(`${first}${after}`, {
      headers: { Authorization: `Bearer ${tokenOf(ADMIN)}` },
    });
    const { next } = (await answer.json()) as { next: string | null };
    if (next === null) throw new Error(`${first} has no ${page + 2} pages`);
    after = `&after=${next}`;
  }
  const { pathname, search } = new URL(`${first}${after}`);
  return `${pathname}${search}`;
}
