import type { ErrorCode } from '../core/errors';
import { newId } from '../db/ids';
import {
  createBadInput,
  del,
  get,
  MARK,
  patch,
  post,
  put,
  type BadInput,
  type Sent,
} from '../tests/support/bad-input';

let bad: BadInput;
beforeAll(async () => {
  bad = await createBadInput();
});
afterAll(() => bad.close());

const agent = { email: 'a@example.test', name: 'A', password: 'long enough' };
const calendar = { name: 'C', zone: 'UTC' };
const closed = (from: string, to: string) => ({
  ...calendar,
  closedDates: [{ description: 'D', from, to }],
});
const open = (weekday: number, from: string, to: string) => ({
  ...calendar,
  intervals: [{ weekday, from, to }],
});
const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

const rows: Partial<Record<ErrorCode, [what: string, sent: Sent][]>> = {
  FORBIDDEN: [
    ['somebody else’s state', put('/agents/{admin}/state', { state: 'paused' }, 'agent')],
    ['somebody else’s call', put('/agents/{admin}/call', { onCall: true }, 'agent')],
  ],
  INVALID_REQUEST: [
    ['sign-in without a password', post('/sessions', { email: 'a@b.co' })],
    ['sign-in with NUL in the address', post('/sessions', { email: 'a\0@b.co', password: MARK })],
    ['sign-in with numbers', post('/sessions', { email: 1, password: 2 })],
    ['sign-out with an unknown wish', del(`/sessions/current?open=${MARK}`)],
    ['a state that does not exist', put('/agents/{agent}/state', { state: MARK })],
    ['logging off by state', put('/agents/{agent}/state', { state: 'logged_off' })],
    ['a short password', post('/agents', { ...agent, password: '1234567' })],
    ['a role that does not exist', post('/agents', { ...agent, role: 'owner' })],
    ['an address that is none', post('/agents', { ...agent, email: MARK })],
    ['a name of spaces', post('/agents', { ...agent, name: '   ' })],
    ['a name with a line break', post('/agents', { ...agent, name: `${MARK}\n{"level":50}` })],
    ['a name with half a surrogate pair', post('/agents', { ...agent, name: '\ud800' })],
    ['a channel kind that does not exist', patch('/agents/{agent}', { channelKinds: [MARK] })],
    ['units that are no whole number', patch('/agents/{agent}', { unitOverrides: { email: 0.5 } })],
    ['units beyond an integer', patch('/agents/{agent}', { maxUnits: 1e15 })],
    ['an id chosen by the client', post('/agents', { ...agent, id: newId() })],
    ['a weight too high', patch('/queues/{queue}', { weight: 11 })],
    ['an unknown eligibility', patch('/queues/{queue}', { eligibility: MARK })],
    ['an unknown distribution', patch('/queues/{queue}', { distribution: MARK })],
    ['a limit of none', patch('/queues/{queue}', { settings: { maxPerAgent: 0 } })],
    ['an unknown setting', patch('/queues/{queue}', { settings: { [MARK]: 1 } })],
    ['a negative duration', patch('/queues/{queue}', { settings: { offerMs: -1 } })],
    ['a duration that is no number', patch('/queues/{queue}', { settings: { offerMs: '20' } })],
    ['a penalty too high', put('/queues/{queue}/members/{agent}', { penalty: 101 })],
    [
      'a channel of a kind that has no adapter',
      post('/channels', { kind: 'whatsapp', name: 'W', queueId: newId() }),
    ],
    [
      'settings of another kind',
      patch('/channels/{channel}', { settings: { allowedOrigins: [MARK] } }),
    ],
    [
      'a reply URL with another scheme',
      patch('/channels/{channel}', { settings: { replyUrl: 'javascript:alert(1)' } }),
    ],
    [
      'a window that does not exist',
      patch('/channels/{channel}', { settings: { windowMode: MARK } }),
    ],
    [
      'files larger than the kind can carry',
      patch('/channels/{channel}', { settings: { maxFileBytes: 1e9 } }),
    ],
    ['a telephone number that is none', post('/contacts', { phone: MARK })],
    ['an attribute that is an object', post('/contacts', { attributes: { a: { b: 1 } } })],
    ['an attribute with NUL', post('/contacts', { attributes: { a: '\0' } })],
    ['an attribute with half a surrogate pair', post('/contacts', { attributes: { a: '\udc00' } })],
    ['a search for NUL', get('/contacts?search=%00')],
    ['two searches', get('/contacts?search=a&search=b')],
    ['a cursor that is made up', get(`/agents?after=${MARK}`)],
    ['a cursor of another list', get(`/audit?after=${cursor(['a', newId()])}`)],
    ['a cursor beyond any number', get(`/audit?after=${cursor('9'.repeat(30))}`)],
    [
      'a cursor with a date that is none',
      get(`/contacts?after=${cursor(['2026-13-45T00:00:00Z', newId()])}`),
    ],
    ['a cursor with NUL', get(`/agents?after=${cursor(['\0', newId()])}`)],
    ['a zone that does not exist', post('/calendars', { ...calendar, zone: MARK })],
    ['a weekday that does not exist', post('/calendars', open(8, '08:00', '18:00'))],
    ['a time that does not exist', post('/calendars', open(1, '08:00', '24:01'))],
    [
      'an interval that begins at the end of the day',
      post('/calendars', open(1, '24:00', '24:00')),
    ],
    [
      'a day that does not exist',
      post('/calendars', closed('2026-02-29T00:00', '2026-03-01T00:00')),
    ],
    [
      'an end before the beginning',
      post('/calendars', closed('2026-02-02T00:00', '2026-02-01T00:00')),
    ],
    [
      'an instant for a local time',
      post('/calendars', closed('2026-02-01T00:00Z', '2026-02-02T00:00Z')),
    ],
    ['hours that do not exist', patch('/queues/{queue}', { hoursMode: MARK })],
    [
      'words that are too long',
      patch('/queues/{queue}', { settings: { hours: { outOfHours: { text: MARK.repeat(200) } } } }),
    ],
    ['settings that do not exist', put('/settings', { companyName: 'A', [MARK]: 1 })],
  ],
  LAST_ADMIN: [['the last administrator’s demotion', patch('/agents/{admin}', { role: 'agent' })]],
  NOT_FOUND: [
    ['an unknown path', get(`/${MARK}`)],
    ['a method that a path does not have', del('/settings')],
    ['a path that is not UTF-8', get('/agents/%ff')],
    ['an unknown agent', get('/agents/{unknown}')],
    ['an edit of an unknown agent', patch('/agents/{unknown}', { name: 'B' })],
    ['archiving an unknown agent', del('/agents/{unknown}')],
    ['a state of an unknown agent', put('/agents/{unknown}/state', { state: 'paused' })],
    ['a call of an unknown agent', put('/agents/{unknown}/call', { onCall: true })],
    ['sessions of an unknown agent', del('/agents/{unknown}/sessions')],
    ['an unknown calendar', get('/calendars/{unknown}')],
    ['an edit of an unknown calendar', patch('/calendars/{unknown}', { zone: 'UTC' })],
    ['deleting an unknown calendar', del('/calendars/{unknown}')],
    ['hours of an unknown queue', get('/queues/{unknown}/hours')],
    [
      'hours by an unknown calendar',
      patch('/queues/{queue}', { hoursMode: 'own', calendarId: newId() }),
    ],
    ['an unknown queue', get('/queues/{unknown}')],
    ['an edit of an unknown queue', patch('/queues/{unknown}', { weight: 1 })],
    ['archiving an unknown queue', post('/queues/{unknown}/archive', {})],
    ['an unknown member', put('/queues/{queue}/members/{unknown}', {})],
    ['a member of an unknown queue', put('/queues/{unknown}/members/{agent}', {})],
    ['taking out who is no member', del('/queues/{queue}/members/{agent}')],
    ['an unknown channel', get('/channels/{unknown}')],
    ['an edit of an unknown channel', patch('/channels/{unknown}', { name: 'B' })],
    ['archiving an unknown channel', del('/channels/{unknown}')],
    ['a secret of an unknown channel', post('/channels/{unknown}/secret')],
    [
      'a channel into an unknown queue',
      post('/channels', { kind: 'open', name: 'O', queueId: newId() }),
    ],
    ['an unknown contact', get('/contacts/{unknown}')],
    ['an edit of an unknown contact', patch('/contacts/{unknown}', { firstName: 'B' })],
  ],
  QUEUE_NEEDS_CALENDAR: [
    ['own hours without a calendar', patch('/queues/{queue}', { hoursMode: 'own' })],
  ],
  SIGN_IN_FAILED: [
    ['sign-in with a wrong password', post('/sessions', { email: 'a@b.co', password: MARK })],
  ],
};

describe.each(Object.entries(rows))('refused with %s', (code, of) => {
  it.each(of)('%s', (_, sent) => bad.refusedWith(sent, code as ErrorCode));
});
