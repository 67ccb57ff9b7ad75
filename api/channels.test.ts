import { openSecrets } from '../platform/channel-secrets';
import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { makeAgent, makeQueue } from '../tests/support/people';

let api: TestApi;
let admin: string;
let queueId: string;
beforeAll(async () => {
  api = await createTestApi({ PUBLIC_URL: 'https://desk.example.com/' });
  admin = await api.tokenFor(await makeAgent(api.db, [], { role: 'admin' }));
  queueId = await makeQueue(api.db);
});
afterAll(() => api.close());

const create = (wish: object) => api.call('post', '/channels', admin).send({ queueId, ...wish });

async function storedSecrets(id: string): Promise<readonly string[]> {
  const rows = await api.db.query<{ sealed: Uint8Array | null }>(
    'SELECT sealed FROM channel WHERE id = $1',
    [id],
  );
  return openSecrets(api.deps.env.secret, rows[0]?.sealed ?? null);
}

describe('a live chat', () => {
  it('is added with its websites', async () => {
    const settings = { allowedOrigins: ['https://shop.example.com', 'http://localhost:8080'] };
    const { body } = await create({ kind: 'live-chat', name: 'Shop', settings }).expect(201);
    expect(body).toMatchObject({
      channel: { kind: 'live-chat', name: 'Shop', queueId, enabled: true, settings },
      signingSecret: null,
    });
  });

  it.each([
    'https://shop.example.com/',
    'https://shop.example.com/path',
    'shop.example.com',
    'https://*.example.com',
    'ftp://shop.example.com',
    'HTTPS://shop.example.com',
    'null',
  ])('does not take %j for an origin', async (origin) => {
    const settings = { allowedOrigins: [origin] };
    const { body } = await create({ kind: 'live-chat', name: 'Shop', settings });
    expect(body).toMatchObject({ code: 'INVALID_REQUEST' });
  });
});

describe('an open channel', () => {
  it('shows its secret once, and stores it sealed', async () => {
    const { body } = await create({ kind: 'open', name: 'Bridge' }).expect(201);
    const { channel, signingSecret } = body;
    expect(channel).toMatchObject({
      receiveUrl: `https://desk.example.com/api/v1/channels/${channel.id}/receive`,
      statusUrl: `https://desk.example.com/api/v1/channels/${channel.id}/status`,
      settings: { replyUrl: null, windowMode: 'none' },
    });
    expect(signingSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await storedSecrets(channel.id)).toEqual([signingSecret]);
    const read = await api.call('get', `/channels/${channel.id}`, admin);
    const listed = await api.call('get', '/channels', admin);
    expect(JSON.stringify([read.body, listed.body])).not.toContain(signingSecret);
  });

  it('shows it again to a repeat of the same request, without storing it readable', async () => {
    const wish = { kind: 'open', name: 'Once' };
    const once = () => create(wish).set('Idempotency-Key', 'once').expect(201);
    const [first, second] = [await once(), await once()];
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotency-replayed']).toBe('true');
    const rows = await api.db.query('SELECT body::text FROM idempotency');
    expect(JSON.stringify(rows)).not.toContain(first.body.signingSecret);
  });

  it('gets a new secret, and accepts the one before until the next', async () => {
    const { body } = await create({ kind: 'open', name: 'Turned' });
    const rotate = async (): Promise<string> =>
      (await api.call('post', `/channels/${body.channel.id}/secret`, admin).expect(200)).body
        .signingSecret;
    const second = await rotate();
    expect(await storedSecrets(body.channel.id)).toEqual([second, body.signingSecret]);
    const third = await rotate();
    expect(await storedSecrets(body.channel.id)).toEqual([third, second]);
  });

  it('is edited field by field', async () => {
    const { body } = await create({
      kind: 'open',
      name: 'Edited',
      settings: { windowMode: '24h' },
    });
    const edit = (settings: object) =>
      api.call('patch', `/channels/${body.channel.id}`, admin).send({ settings });
    const replyUrl = 'https://bridge.example.com/in';
    const { body: with_ } = await edit({ replyUrl }).expect(200);
    expect(with_.settings).toEqual({ replyUrl, windowMode: '24h' });
    const { body: without } = await edit({ replyUrl: null }).expect(200);
    expect(without.settings).toEqual({ replyUrl: null, windowMode: '24h' });
    expect((await edit({ allowedOrigins: [] }).expect(400)).body.code).toBe('INVALID_REQUEST');
    expect((await edit({ replyUrl: 'file:///etc/passwd' }).expect(400)).body.code).toBe(
      'INVALID_REQUEST',
    );
  });
});

describe('channels', () => {
  it('lead to a queue that is in use', async () => {
    expect((await create({ kind: 'open', name: 'x', queueId: newId() })).status).toBe(404);
    const gone = await makeQueue(api.db);
    await api.call('post', `/queues/${gone}/archive`, admin).send({ heirId: queueId });
    const { body } = await create({ kind: 'open', name: 'x', queueId: gone }).expect(409);
    expect(body.code).toBe('QUEUE_ARCHIVED');
  });

  it('are archived, and then neither listed nor edited', async () => {
    const { body } = await create({ kind: 'open', name: `Gone ${newId()}` });
    const { id } = body.channel;
    await api.call('delete', `/channels/${id}`, admin).expect(204);
    const listed = await api.call('get', '/channels?limit=100', admin);
    expect(listed.body.items.map((item: { id: string }) => item.id)).not.toContain(id);
    await api.call('patch', `/channels/${id}`, admin).send({ name: 'Back' }).expect(404);
    await api.call('delete', `/channels/${id}`, admin).expect(404);
  });

  it('are the business of administrators', async () => {
    const boss = await api.tokenFor(await makeAgent(api.db, [], { role: 'supervisor' }));
    const { body } = await create({ kind: 'open', name: 'Mine' });
    const { id } = body.channel;
    await api.call('get', `/channels/${id}`, boss).expect(200);
    await api.call('patch', `/channels/${id}`, boss).send({ enabled: false }).expect(403);
    await api.call('post', `/channels/${id}/secret`, boss).expect(403);
    await api.call('delete', `/channels/${id}`, boss).expect(403);
  });
});

describe('contacts and settings', () => {
  it('keep contacts, found by any part of name, address or number', async () => {
    const agent = await api.tokenFor(await makeAgent(api.db, []));
    const mark = newId();
    const wish = {
      firstName: 'Ann',
      lastName: mark,
      phone: '+39 055 123',
      attributes: { vip: true },
    };
    const { body } = await api.call('post', '/contacts', agent).send(wish).expect(201);
    expect(body).toMatchObject({ ...wish, email: null, identities: [] });
    const { body: found } = await api.call('get', `/contacts?search=${mark}`, agent);
    expect(found.items).toEqual([body]);
    const { body: edited } = await api
      .call('patch', `/contacts/${body.id}`, agent)
      .send({ email: 'Ann@Example.test', phone: null })
      .expect(200);
    expect(edited).toMatchObject({ firstName: 'Ann', email: 'ann@example.test', phone: null });
    await api.call('patch', `/contacts/${newId()}`, agent).send({ phone: null }).expect(404);
  });

  it('page through contacts, newest first, without a gap', async () => {
    const agent = await api.tokenFor(await makeAgent(api.db, []));
    const mark = newId();
    for (let i = 0; i < 5; i++) {
      await api.call('post', '/contacts', agent).send({ firstName: `${i}`, lastName: mark });
    }
    await api.db.query('UPDATE contact SET created_at = now() WHERE last_name = $1', [mark]);
    const seen: string[] = [];
    let after: string | null = '';
    do {
      const at: string = after ? `&after=${after}` : '';
      const { body } = await api.call('get', `/contacts?search=${mark}&limit=2${at}`, agent);
      seen.push(...body.items.map((item: { firstName: string }) => item.firstName));
      after = body.next;
    } while (after);
    expect([...seen].sort()).toEqual(['0', '1', '2', '3', '4']);
  });

  it('keep what holds for the whole installation', async () => {
    const agent = await api.tokenFor(await makeAgent(api.db, []));
    const before = await api.call('get', '/settings', agent).expect(200);
    expect(before.body).toMatchObject({ companyName: 'Our company' });
    await api.call('put', '/settings', agent).send({ companyName: 'Mine' }).expect(403);
    await api.call('put', '/settings', admin).send({ companyName: 'Acme' }).expect(200);
    const after = await api.call('get', '/settings', agent);
    expect(after.body).toEqual({ ...before.body, companyName: 'Acme' });
  });
});
