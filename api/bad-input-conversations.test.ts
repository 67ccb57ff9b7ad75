/** Bad input to conversations: each has its code and status, changes nothing, and is neither logged nor a 500. */
import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { begin } from '../tests/support/conversation';
import { makeAgent, makeQueue } from '../tests/support/people';

let api: TestApi;
let conversation: string;
let foreign: string;
let closed: string;
let tokens: { agent: string; boss: string };
let before: string;

beforeAll(async () => {
  api = await createTestApi({}, { driven: true });
  const queue = await makeQueue(api.db);
  const agent = await makeAgent(api.db, [queue]);
  const boss = await makeAgent(api.db, [], { role: 'supervisor' });
  tokens = { agent: await api.tokenFor(agent), boss: await api.tokenFor(boss) };
  closed = (await begin(api, queue)).id;
  await api
    .call('post', `/conversations/${closed}/commands`, tokens.boss)
    .send({ name: 'close' })
    .expect(200);
  conversation = (await begin(api, queue)).id;
  foreign = (await begin(api, await makeQueue(api.db))).id;
  await api.deps.afterCommit.settled();
  before = await everything();
});
afterAll(() => api.close());

/** All that a request could have changed, as text. */
async function everything(): Promise<string> {
  const tables = ['conversation', 'message', 'command', 'claim', 'conversation_event', 'contact'];
  const rows = await Promise.all(
    tables.map((table) => api.db.query(`SELECT t::text FROM ${table} t ORDER BY 1`)),
  );
  return JSON.stringify(rows);
}

const SECRET = 'words that must stay between us';
const long = SECRET.repeat(400);
type Method = 'get' | 'post' | 'put' | 'patch';
interface Row {
  readonly what: string;
  readonly method?: Method;
  /** After /conversations; `:id`, `:foreign` and `:closed` are filled in. */
  readonly path: string;
  readonly body?: unknown;
  readonly raw?: string;
  readonly type?: string;
  readonly headers?: Record<string, string>;
  readonly token?: string;
  readonly status: number;
  readonly code: string;
}

const invalid = { status: 400, code: 'INVALID_REQUEST' } as const;
const missing = { status: 404, code: 'NOT_FOUND' } as const;
const messages = '/:id/messages';
const commands = '/:id/commands';

const rows: Row[] = [
  { what: 'no token', path: '', token: '', status: 401, code: 'UNAUTHENTICATED' },
  { what: 'a forged token', path: '', token: 'x'.repeat(43), status: 401, code: 'UNAUTHENTICATED' },
  { what: 'a malformed id', path: '/17', ...missing },
  { what: 'an id with a NUL', path: '/%00', ...missing },
  { what: 'a broken escape in the path', path: '/%E0%A4%A', ...missing },
  { what: 'an unknown id', path: `/${newId()}`, ...missing },
  { what: 'a foreign id', path: '/:foreign', ...missing },
  { what: 'messages of a foreign one', path: '/:foreign/messages', ...missing },
  { what: 'events of a foreign one', path: '/:foreign/events', ...missing },
  { what: 'the routing of a foreign one', path: '/:foreign/routing', ...missing },
  { what: 'the receipts of a foreign one', path: '/:foreign/routing/receipts', ...missing },
  { what: 'changes of a foreign one', path: '/:foreign/changes?after=0', ...missing },
  { what: 'a command of a foreign one', path: '/:foreign/commands/1', ...missing },
  { what: 'an unknown view', path: '?view=all', ...invalid },
  { what: 'an unknown filter', path: '?colour=red', ...invalid },
  { what: 'a queue that is no id', path: "?queueId='--", ...invalid },
  { what: 'a filter twice', path: '?status=open&status=closed', ...invalid },
  { what: 'a limit of nothing', path: '?limit=0', ...invalid },
  { what: 'a limit too high', path: '?limit=101', ...invalid },
  { what: 'a number beyond numbers', path: '?number=9007199254740993', ...invalid },
  { what: 'a search with a NUL', path: '?customer=%00', ...invalid },
  { what: 'a date that is none', path: '?from=yesterday', ...invalid },
  { what: 'a cursor made up', path: '?after=abc', ...invalid },
  { what: 'a cursor of another list', path: '?view=closed&after=WyIxIiwiMiJd', ...invalid },
  { what: 'a cursor of another shape', path: `/:id/messages?after=${btoa('"x"')}`, ...invalid },
  { what: 'no rev to go from', path: '/:id/changes', ...invalid },
  { what: 'a rev below nothing', path: '/:id/changes?after=-1', ...invalid },
  {
    what: 'a rev beyond the last',
    path: '/:id/changes?after=99',
    status: 409,
    code: 'SEQUENCE_GAP',
  },
  { what: 'a command number of no form', path: '/:id/commands/first', ...missing },
  { what: 'a command number beyond numbers', path: '/:id/commands/99999999999', ...missing },
  { what: 'an unknown command number', path: '/:id/commands/77', ...missing },

  {
    what: 'malformed JSON',
    path: messages,
    raw: `{"text":"${SECRET}`,
    status: 400,
    code: 'MALFORMED_JSON',
  },
  {
    what: 'another type of body',
    path: messages,
    raw: SECRET,
    type: 'text/plain',
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  },
  {
    what: 'an oversized body',
    path: messages,
    body: { text: 'x'.repeat(300_000) },
    status: 413,
    code: 'PAYLOAD_TOO_LARGE',
  },
  { what: 'no body', path: messages, raw: '', ...invalid },
  { what: 'a list for a body', path: messages, body: [{ text: SECRET }], ...invalid },
  { what: 'an empty message', path: messages, body: { text: ' ' }, ...invalid },
  { what: 'a message too long', path: messages, body: { text: long }, ...invalid },
  { what: 'a message that is a number', path: messages, body: { text: 7 }, ...invalid },
  { what: 'a message with a NUL', path: messages, body: { text: `${SECRET}\0` }, ...invalid },
  { what: 'half a surrogate pair', path: messages, raw: '{"text":"\\ud800"}', ...invalid },
  { what: 'an unknown field', path: messages, body: { text: SECRET, author: 'me' }, ...invalid },
  { what: 'an unknown kind', path: messages, body: { text: SECRET, kind: 'shout' }, ...invalid },
  { what: 'a file that is no id', path: messages, body: { fileIds: ['../etc'] }, ...invalid },
  { what: 'a file twice', path: messages, body: { fileIds: Array(2).fill(newId()) }, ...invalid },
  {
    what: 'an unknown file',
    path: messages,
    body: { text: SECRET, fileIds: [newId()] },
    ...missing,
  },
  {
    what: 'too many files',
    path: messages,
    body: { fileIds: Array.from({ length: 11 }, () => newId()) },
    ...invalid,
  },
  {
    what: 'a message to a foreign one',
    path: '/:foreign/messages',
    body: { text: SECRET },
    ...missing,
  },
  {
    what: 'a message to a closed one',
    path: '/:closed/messages',
    body: { text: SECRET },
    status: 409,
    code: 'CONVERSATION_CLOSED',
  },
  {
    what: 'a key with spaces',
    path: messages,
    body: { text: SECRET },
    headers: { 'Idempotency-Key': 'a b' },
    ...invalid,
  },
  {
    what: 'a key too long',
    path: messages,
    body: { text: SECRET },
    headers: { 'Idempotency-Key': 'k'.repeat(201) },
    ...invalid,
  },

  { what: 'no command', path: commands, body: {}, ...invalid },
  { what: 'an unknown command', path: commands, body: { name: 'explode' }, ...invalid },
  { what: 'a command of the system', path: commands, body: { name: 'closeWaiting' }, ...invalid },
  {
    what: 'a command of the customer',
    path: commands,
    body: { name: 'surveyAnswered', args: { rating: 10 } },
    ...invalid,
  },
  { what: 'a name of every object', path: commands, body: { name: '__proto__' }, ...invalid },
  { what: 'no target', path: commands, body: { name: 'transferToAgent', args: {} }, ...invalid },
  {
    what: 'a target that is no id',
    path: commands,
    body: { name: 'transferToQueue', args: { queueId: 'x' } },
    ...invalid,
  },
  {
    what: 'an unknown queue',
    path: commands,
    body: { name: 'transferToQueue', args: { queueId: newId() } },
    ...missing,
  },
  {
    what: 'an unknown agent',
    path: commands,
    body: { name: 'transferToAgent', args: { agentId: newId() } },
    ...missing,
  },
  {
    what: 'more arguments than it takes',
    path: commands,
    body: { name: 'solve', args: { rating: 10 } },
    ...invalid,
  },
  {
    what: 'a snooze until no time',
    path: commands,
    body: { name: 'setWaiting', args: { until: 'soon' } },
    ...invalid,
  },
  {
    what: 'a snooze until the end of days',
    path: commands,
    body: { name: 'setWaiting', args: { until: '9999-12-31T23:59:59.999Z' } },
    ...invalid,
  },
  {
    what: 'an afterSeq of no form',
    path: commands,
    body: { name: 'solve', afterSeq: 1.5 },
    ...invalid,
  },
  {
    what: 'an afterSeq beyond numbers',
    path: commands,
    body: { name: 'solve', afterSeq: 2 ** 40 },
    status: 409,
    code: 'SEQUENCE_GAP',
  },
  {
    what: 'a command on a closed one',
    path: '/:closed/commands',
    body: { name: 'solve' },
    token: 'boss',
    status: 409,
    code: 'CONVERSATION_CLOSED',
  },
  {
    what: 'a command on a foreign one',
    path: '/:foreign/commands',
    body: { name: 'solve' },
    ...missing,
  },
  {
    what: 'accepting what is not offered',
    method: 'post',
    path: '/:id/accept',
    status: 409,
    code: 'OFFER_GONE',
  },
  {
    what: 'rejecting what is not offered',
    method: 'post',
    path: '/:id/reject',
    status: 409,
    code: 'OFFER_GONE',
  },
  {
    what: 'taking what is assigned',
    method: 'post',
    path: '/:id/take',
    status: 409,
    code: 'ALREADY_TAKEN',
  },
  {
    what: 'taking a closed one',
    method: 'post',
    path: '/:closed/take',
    token: 'boss',
    status: 409,
    code: 'CONVERSATION_CLOSED',
  },
  { what: 'taking a foreign one', method: 'post', path: '/:foreign/take', ...missing },

  {
    what: 'a subject of nothing',
    method: 'patch',
    path: '/:id',
    body: { subject: ' ' },
    ...invalid,
  },
  {
    what: 'a subject of two lines',
    method: 'patch',
    path: '/:id',
    body: { subject: 'a\nb' },
    ...invalid,
  },
  {
    what: 'a subject too long',
    method: 'patch',
    path: '/:id',
    body: { subject: 'x'.repeat(201) },
    ...invalid,
  },
  {
    what: 'a status by edit',
    method: 'patch',
    path: '/:id',
    body: { status: 'closed' },
    ...invalid,
  },
  {
    what: 'a subject of a closed one',
    method: 'patch',
    path: '/:closed',
    body: { subject: 'x' },
    token: 'boss',
    status: 409,
    code: 'CONVERSATION_CLOSED',
  },
  {
    what: 'a subject by a stranger',
    method: 'patch',
    path: '/:foreign',
    body: { subject: 'x' },
    ...missing,
  },
  {
    what: 'an unknown contact',
    method: 'put',
    path: '/:id/contact',
    body: { contactId: newId() },
    ...missing,
  },
  {
    what: 'a contact that is no id',
    method: 'put',
    path: '/:id/contact',
    body: { contactId: 1 },
    ...invalid,
  },
  {
    what: 'seen beyond the last',
    method: 'post',
    path: '/:id/seen',
    body: { seq: 2 },
    status: 409,
    code: 'SEQUENCE_GAP',
  },
  { what: 'seen below nothing', method: 'post', path: '/:id/seen', body: { seq: -1 }, ...invalid },
  {
    what: 'hiding what is open',
    method: 'post',
    path: '/:id/hide',
    status: 409,
    code: 'ILLEGAL_TRANSITION',
  },
  {
    what: 'hiding from another’s list',
    method: 'post',
    path: '/:closed/hide',
    token: 'boss',
    status: 403,
    code: 'NOT_ASSIGNEE',
  },
];

it.each(rows)('$what: $status $code', async (row) => {
  const posts = row.body !== undefined || row.raw !== undefined;
  const method = row.method ?? (posts ? 'post' : 'get');
  const path = row.path
    .replace(':id', conversation)
    .replace(':foreign', foreign)
    .replace(':closed', closed);
  const token = row.token === 'boss' ? tokens.boss : (row.token ?? tokens.agent);
  const call = api.call(method, `/conversations${path}`, token).set(row.headers ?? {});
  if (posts) call.set('Content-Type', row.type ?? 'application/json');
  const { status, body } = await (posts ? call.send(row.raw ?? JSON.stringify(row.body)) : call);
  expect([status, body.code]).toEqual([row.status, row.code]);
  expect(Object.keys(body).sort()).toEqual(['code', 'details', 'message', 'requestId']);
  expect(JSON.stringify(body)).not.toContain(SECRET);
  expect(await everything()).toBe(before);
});

it('leaves no word of it in the log', () => {
  expect(api.logged()).not.toContain(SECRET);
  expect(api.logged()).not.toContain('request failed');
});
