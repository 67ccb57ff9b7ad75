/** What the widget of a live chat is told, and what it may tell. */
import { createHmac } from 'node:crypto';
import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { makeAgent, makeQueue } from '../tests/support/people';
import { makeLiveChat, makeVisitor, WEBSITE } from '../tests/support/visitor';

let api: TestApi;
let queue: string;
let agentId: string;
let agent: string;
let admin: string;
let channel: string;
const settings = {
  languages: ['en', 'de', 'pt-BR'],
  welcome: { text: 'Hello!', byLanguage: { de: 'Hallo!' } },
  colours: { accent: '#ffd400', agent: { text: '#000000', background: '#eeeeee' } },
  texts: { title: { text: 'Ask us', byLanguage: { de: 'Fragen Sie uns' } } },
  preChat: [
    { key: 'name', type: 'name', required: true },
    { key: 'order', type: 'text', label: { text: 'Order number' } },
    {
      key: 'topic',
      type: 'select',
      label: { text: 'Topic', byLanguage: { de: 'Thema' } },
      options: [{ text: 'Delivery', byLanguage: { de: 'Lieferung' } }, { text: 'Return' }],
    },
  ],
  pageVisits: true,
};
beforeAll(async () => {
  api = await createTestApi({ PUBLIC_URL: 'https://desk.example.com' }, { driven: true });
  queue = await makeQueue(api.db, { settings: { survey: { enabled: true } } });
  agentId = await makeAgent(api.db, [queue], { maxUnits: 100_000 });
  agent = await api.tokenFor(agentId);
  admin = await api.tokenFor(await makeAgent(api.db, [], { role: 'admin' }));
  channel = await makeLiveChat(api, queue, settings);
});
afterAll(() => api.close());

const start = (body: object, origin = WEBSITE, id = channel) =>
  api.call('post', `/visitor/channels/${id}/sessions`).set('Origin', origin).send(body);
const customerOf = async (conversationId: string) =>
  (await api.call('get', `/conversations/${conversationId}`, agent).expect(200)).body.identity;

describe('a session', () => {
  it('tells how the widget looks and speaks, in the best language there is', async () => {
    const { body } = await start({ language: ['fr', 'de-AT'] }).expect(201);
    expect(body.channel).toMatchObject({ welcome: 'Hallo!', staffed: true, open: true });
    expect(body.channel.widget).toEqual({
      ...{ language: 'de', languages: ['en', 'de', 'pt-BR'], position: 'right' },
      ...{ accent: '#ffd400', onAccent: '#000000', visitor: null, avatarUrl: null },
      agent: { text: '#000000', background: '#eeeeee' },
      texts: {
        title: 'Fragen Sie uns',
        introduction: null,
        away: null,
        closed: null,
        consent: null,
      },
      preChat: [
        { key: 'name', type: 'name', label: null, required: true, options: [] },
        { key: 'order', type: 'text', label: 'Order number', required: false, options: [] },
        {
          ...{ key: 'topic', type: 'select', label: 'Thema', required: false },
          options: [
            { value: 'Delivery', label: 'Lieferung' },
            { value: 'Return', label: 'Return' },
          ],
        },
      ],
      leaveMessage: [
        { key: 'name', type: 'name', label: null, required: false, options: [] },
        { key: 'email', type: 'email', label: null, required: true, options: [] },
      ],
      ...{ sneakPeek: false, pageVisits: true },
    });
    expect((await start({})).body.channel.widget.language).toBe('en');
  });

  it('keeps a form’s answers for the agent, and refuses those to no question', async () => {
    const answers = { order: '4711', topic: 'Delivery' };
    const visitor = await makeVisitor(api, channel, { name: 'Ann', phone: '+44 20 7946', answers });
    const { conversationId } = await visitor.say('hello');
    expect(await customerOf(conversationId)).toMatchObject({
      name: 'Ann',
      phone: '+44 20 7946',
      answers: [
        { key: 'order', label: 'Order number', value: '4711' },
        { key: 'topic', label: 'Topic', value: 'Delivery' },
      ],
    });
    await start({ token: visitor.token, answers: { order: '4712' } }).expect(200);
    expect((await customerOf(conversationId)).answers).toEqual([
      { key: 'topic', label: 'Topic', value: 'Delivery' },
      { key: 'order', label: 'Order number', value: '4712' },
    ]);
    for (const wrong of [{ topic: 'Lieferung' }, { name: 'Bob' }, { other: 'x' }]) {
      const { body } = await start({ answers: wrong }).expect(400);
      expect(body).toMatchObject({
        code: 'INVALID_REQUEST',
        details: { fields: [{ path: `answers.${Object.keys(wrong)[0]}` }] },
      });
    }
  });

  it('is our own page’s too, which asks without an origin', async () => {
    const own = 'https://desk.example.com';
    const { body } = await start({}, own).expect(201);
    const ask = (headers: object) =>
      api.call('get', '/visitor/conversation', body.token).set(headers as never);
    await ask({ Referer: `${own}/widget/${channel}` }).expect(200);
    await ask({ Referer: `${WEBSITE}/page` }).expect(200);
    for (const headers of [
      {},
      { Referer: 'https://evil.example/' },
      { Referer: `${own}.evil.example/` },
      { Referer: 'nonsense' },
      { Referer: `${own}/widget`, Origin: 'https://evil.example' },
      { Referer: `${own}/widget`, Origin: 'null' },
    ]) {
      expect((await ask(headers).expect(403)).body.code).toBe('ORIGIN_REFUSED');
    }
  });
});

describe('a user whom the website has signed', () => {
  let secret: string;
  const signed = (id: string) => ({
    user: { id, signature: createHmac('sha256', secret).update(id).digest('hex') },
  });
  beforeAll(async () => {
    const { body } = await api.call('post', `/channels/${channel}/secret`, admin).expect(200);
    secret = body.signingSecret;
  });

  it('is the same visitor on every device, and nobody else’s by a token', async () => {
    const one = await makeVisitor(api, channel, { ...signed('u-1'), name: 'Una' });
    const { conversationId } = await one.say('from my telephone');
    const { body } = await start(signed('u-1')).expect(201);
    expect(body.conversation).toMatchObject({ id: conversationId });
    const { body: other } = await start({ ...signed('u-2'), token: one.token }).expect(201);
    expect(other).toMatchObject({ resumed: false, conversation: null });
    const { body: gone } = await start({ token: one.token, signedOut: true }).expect(201);
    expect(gone).toMatchObject({ resumed: false, conversation: null });
  });

  it('is believed by the signature only', async () => {
    const { user } = signed('u-1');
    for (const wrong of [
      { id: 'u-3', signature: user.signature },
      { id: 'u-1', signature: '' },
      { id: 'u-1', signature: user.signature.slice(2) },
    ]) {
      expect((await start({ user: wrong }).expect(401)).body.code).toBe('SIGNATURE_INVALID');
    }
    // A channel that was never given a secret believes nobody.
    const bare = await makeLiveChat(api, queue);
    await start({ user: { id: '1', signature: '00' } }, WEBSITE, bare).expect(401);
    const nothing = createHmac('sha256', '').update('1').digest('hex');
    await start({ user: { id: '1', signature: nothing } }, WEBSITE, bare).expect(401);
  });
});

it('keeps on which page a visitor is, without what stands behind it, where the channel wants it', async () => {
  const visitor = await makeVisitor(api, channel);
  const page = { url: 'https://shop.example/cart?token=secret#top', title: 'Your cart' };
  await visitor.post('/page', page).expect(204);
  const { conversationId } = await visitor.say('hello');
  expect((await customerOf(conversationId)).page).toBeNull();
  await visitor.post('/page', page).expect(204);
  expect((await customerOf(conversationId)).page).toEqual({
    url: 'https://shop.example/cart',
    title: 'Your cart',
  });
  await visitor.post('/page', { url: 'javascript:alert(1)', title: '' }).expect(400);
  const quiet = await makeVisitor(api, await makeLiveChat(api, queue));
  const said = await quiet.say('hello');
  await quiet.post('/page', page).expect(204);
  expect((await customerOf(said.conversationId)).page).toBeNull();
});

it('tells a visitor their place in line, and whether anybody is there', async () => {
  const empty = await makeQueue(api.db, { delivery: 'manual' });
  const at = await makeLiveChat(api, empty);
  const [first, second] = [await makeVisitor(api, at), await makeVisitor(api, at)];
  const place = async (visitor: typeof first) => (await visitor.get('/place').expect(200)).body;
  const nobody = { open: true, opensAt: null, staffed: false };
  expect(await place(first)).toEqual({ ...nobody, inLine: false, position: null });
  await first.say('I was here before');
  await second.say('me too');
  expect(await place(first)).toEqual({ ...nobody, inLine: true, position: 1 });
  expect(await place(second)).toEqual({ ...nobody, inLine: true, position: 2 });
  await makeAgent(api.db, [empty]);
  expect((await place(second)).staffed).toBe(true);
});

it('says in the visitor’s language what a queue says to its customers', async () => {
  const shut = await makeQueue(api.db, {});
  await api.db.query(
    `UPDATE queue SET open = false, closed_since = app_now() - interval '1 hour', hours_mode = 'own' WHERE id = $1`,
    [shut],
  );
  const at = await makeLiveChat(api, shut);
  const said = async (language: string[] | undefined): Promise<string> => {
    const visitor = await makeVisitor(api, at, language ? { language } : {});
    await visitor.say('hello?');
    const { body } = await visitor.get('/conversation').expect(200);
    return body.messages.at(-1).text;
  };
  expect(await said(['de-CH', 'en'])).toContain('außerhalb unserer Öffnungszeiten');
  expect(await said(['pt'])).toContain('fora do nosso horário');
  expect(await said(undefined)).toContain('outside our opening hours');
});

describe('settings of the widget', () => {
  const make = (given: object) =>
    api
      .call('post', '/channels', admin)
      .send({ kind: 'live-chat', name: 'Shop', queueId: queue, settings: given });

  it('are taken as they are', async () => {
    const given = { allowedOrigins: [WEBSITE], ...settings, position: 'left', sneakPeek: true };
    const { body } = await make(given).expect(201);
    expect(body.channel.settings).toMatchObject({ position: 'left', colours: settings.colours });
  });

  const field = { key: 'a', type: 'text', label: { text: 'A' } };
  it.each([
    ['a colour by name', { colours: { accent: 'red' } }],
    [
      'text that nobody can read',
      { colours: { agent: { text: '#888888', background: '#999999' } } },
    ],
    ['a language that we do not speak', { languages: ['nl'] }],
    ['no language at all', { languages: [] }],
    ['a picture that is not https', { avatarUrl: 'http://example.com/a.png' }],
    ['a picture that breaks a header', { avatarUrl: "https://example.com/a;script-src '*'" }],
    ['two fields of one key', { preChat: [field, field] }],
    [
      'two fields for the name',
      {
        preChat: [
          { key: 'a', type: 'name' },
          { key: 'b', type: 'name' },
        ],
      },
    ],
    ['a question without words', { preChat: [{ key: 'a', type: 'text' }] }],
    ['a choice of nothing', { preChat: [{ ...field, type: 'select', options: [] }] }],
    ['a field of no kind', { preChat: [{ ...field, type: 'password' }] }],
    ['a key with spaces', { preChat: [{ ...field, key: 'a b' }] }],
    ['a text that is empty', { texts: { title: { text: ' ' } } }],
    ['a setting that there is not', { theme: 'dark' }],
  ])('refuse %s', async (_what, wrong) => {
    const { body } = await make({ allowedOrigins: [], ...wrong }).expect(400);
    expect(body.code).toBe('INVALID_REQUEST');
  });
});

it('leaves no trace of a visitor who said nothing', async () => {
  const count = async () =>
    (await api.db.query('SELECT count(*)::int AS n FROM identity'))[0]?.['n'];
  const before = await count();
  const { body } = await start({ language: ['de'] }).expect(201);
  await api.call('get', '/visitor/place', body.token).set('Origin', WEBSITE).expect(200);
  expect(await count()).toBe(before);
  await api
    .call('post', '/visitor/messages', body.token)
    .set('Origin', WEBSITE)
    .send({ id: newId(), text: 'hello' })
    .expect(201);
  expect(await count()).toBe(Number(before) + 1);
});
