import { newId } from '../db/ids';
import { createTestApi, type TestApi } from '../tests/support/api';
import { begin } from '../tests/support/conversation';
import { makeAgent, makeQueue } from '../tests/support/people';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi({}, { driven: true });
});
afterAll(() => api.close());

const begun = (queueId: string, options?: Parameters<typeof begin>[2]) =>
  begin(api, queueId, options);

const ids = (items: { id: string }[]) => items.map(({ id }) => id);
const list = async (token: string, query: string) => {
  const { body } = await api.call('get', `/conversations?${query}`, token).expect(200);
  return body as { items: { id: string; [field: string]: unknown }[]; next: string | null };
};

describe('who sees a conversation', () => {
  it('is its agent, agents of its line, and supervisors; for others there is none', async () => {
    const [mine, other] = [
      await makeQueue(api.db, { delivery: 'manual' }),
      await makeQueue(api.db),
    ];
    const agent = await makeAgent(api.db, [mine]);
    const colleague = await makeAgent(api.db, [mine]);
    const stranger = await makeAgent(api.db, [other]);
    const supervisor = await makeAgent(api.db, [mine], { role: 'supervisor' });
    const otherSupervisor = await makeAgent(api.db, [other], { role: 'supervisor' });
    const chief = await makeAgent(api.db, [], { role: 'supervisor' });
    const admin = await makeAgent(api.db, [other], { role: 'admin' });
    const { id } = await begun(mine);
    const everybody = { agent, colleague, stranger, supervisor, otherSupervisor, chief, admin };
    const seenBy = async () => {
      const seen: string[] = [];
      for (const [name, agentId] of Object.entries(everybody)) {
        const { status } = await api.call(
          'get',
          `/conversations/${id}`,
          await api.tokenFor(agentId),
        );
        if (status === 200) seen.push(name);
        else expect(status).toBe(404);
      }
      return seen;
    };
    expect(await seenBy()).toEqual(['agent', 'colleague', 'supervisor', 'chief', 'admin']);
    const token = await api.tokenFor(agent);
    await api.call('post', `/conversations/${id}/take`, token).expect(200);
    expect(await seenBy()).toEqual(['agent', 'supervisor', 'chief', 'admin']);
    const to = { name: 'transferToAgent', args: { agentId: stranger } };
    await api.call('post', `/conversations/${id}/commands`, token).send(to).expect(200);
    expect(await seenBy()).toEqual(['stranger', 'supervisor', 'chief', 'admin']);
    const strangers = await api.tokenFor(stranger);
    await api
      .call('post', `/conversations/${id}/commands`, strangers)
      .send({ name: 'close' })
      .expect(200);
    // Closed, it is seen by all who took part.
    expect(await seenBy()).toEqual(['agent', 'stranger', 'supervisor', 'chief', 'admin']);
  });
});

describe('lists', () => {
  it('show mine, the line in its order, all that is active and what is closed', async () => {
    const queue = await makeQueue(api.db, { delivery: 'manual' });
    const agent = await makeAgent(api.db, [queue]);
    const token = await api.tokenFor(agent);
    const boss = await api.tokenFor(await makeAgent(api.db, [queue], { role: 'supervisor' }));
    const first = await begun(queue, { name: 'Ada', text: 'the first' });
    const second = await begun(queue, { name: 'Grace' });
    expect(ids((await list(token, 'view=unassigned')).items)).toEqual([first.id, second.id]);
    await api.call('post', `/conversations/${second.id}/take`, token).expect(200);
    expect(ids((await list(token, 'view=mine')).items)).toEqual([second.id]);
    expect(ids((await list(token, '')).items)).toEqual([second.id]);
    const line = await list(token, 'view=unassigned');
    expect(line.items).toMatchObject([
      {
        id: first.id,
        customerName: 'Ada',
        status: 'open',
        placement: 'queued',
        unread: 1,
        preview: { seq: 1, direction: 'in', text: 'the first' },
      },
    ]);
    expect(ids((await list(boss, 'view=active')).items)).toEqual([second.id, first.id]);
    await api
      .call('post', `/conversations/${second.id}/commands`, boss)
      .send({ name: 'close' })
      .expect(200);
    expect(ids((await list(boss, 'view=active')).items)).toEqual([first.id]);
    expect(ids((await list(boss, 'view=closed')).items)).toEqual([second.id]);
    expect(ids((await list(token, 'view=closed')).items)).toEqual([second.id]);
    // Closed by somebody else it stays, greyed, until its agent hides it.
    expect(ids((await list(token, 'view=mine')).items)).toEqual([second.id]);
    await api.call('post', `/conversations/${second.id}/hide`, token).expect(204);
    await api.call('post', `/conversations/${second.id}/hide`, token).expect(204);
    expect((await list(token, 'view=mine')).items).toEqual([]);
  });

  it('refuse the list of all active ones to an agent', async () => {
    const token = await api.tokenFor(await makeAgent(api.db, []));
    const { body } = await api.call('get', '/conversations?view=active', token).expect(403);
    expect(body).toMatchObject({ code: 'FORBIDDEN', details: { need: 'supervisor' } });
  });

  it('filter by everything that a supervisor looks for', async () => {
    const [queue, other] = [await makeQueue(api.db), await makeQueue(api.db)];
    const boss = await api.tokenFor(
      await makeAgent(api.db, [queue, other], { role: 'supervisor', in: false }),
    );
    const agent = await makeAgent(api.db, [queue]);
    const a = await begun(queue, { name: 'Ada_100% Lovelace' });
    const b = await begun(other, { name: 'Grace' });
    const { body } = await api.call('get', `/conversations/${a.id}`, boss).expect(200);
    const { number, channelId, identityId, createdAt } = body.conversation as Record<
      string,
      string
    >;
    const later = new Date(Date.parse(createdAt ?? '') + 60_000).toISOString();
    const found = async (query: string) => ids((await list(boss, `view=active&${query}`)).items);
    const onlyA = [
      `queueId=${queue}`,
      `number=${number}`,
      `channelId=${channelId}`,
      `identityId=${identityId}`,
      `agentId=${agent}`,
      `customer=${encodeURIComponent('ada_100%')}`,
      `channelKind=live-chat&queueId=${queue}`,
    ];
    for (const query of onlyA) expect([query, await found(query)]).toEqual([query, [a.id]]);
    const nothing = ['customer=1%25x', 'channelKind=email', 'status=waiting', `from=${later}`];
    for (const query of nothing) expect([query, await found(query)]).toEqual([query, []]);
    expect(await found(`to=${later}&status=open`)).toEqual([b.id, a.id]);
  });

  it('come in pages without gaps or doubles, in every view', async () => {
    const queue = await makeQueue(api.db, { delivery: 'manual' });
    const agent = await makeAgent(api.db, [queue], { maxUnits: 1000 });
    const token = await api.tokenFor(agent);
    const boss = await api.tokenFor(await makeAgent(api.db, [queue], { role: 'supervisor' }));
    const made: string[] = [];
    for (let i = 0; i < 7; i++) made.push((await begun(queue)).id);
    const paged = async (who: string, query: string) => {
      const pages: string[][] = [];
      let after = '';
      do {
        const page = await list(who, `limit=3&${query}${after}`);
        pages.push(ids(page.items));
        after = page.next ? `&after=${page.next}` : '';
      } while (after);
      expect(pages.map((page) => page.length)).toEqual([3, 3, 1]);
      return pages.flat();
    };
    expect(await paged(token, 'view=unassigned')).toEqual(made);
    expect(await paged(boss, 'view=active')).toEqual([...made].reverse());
    for (const id of made) {
      await api.call('post', `/conversations/${id}/take`, token).expect(200);
    }
    expect(await paged(token, 'view=mine')).toEqual([...made].reverse());
    for (const id of made) {
      await api
        .call('post', `/conversations/${id}/commands`, token)
        .send({ name: 'close' })
        .expect(200);
    }
    expect(await paged(token, 'view=closed')).toEqual([...made].reverse());
  });
});

describe('one conversation', () => {
  it('is read whole, in pages, with what happened and why', async () => {
    const queue = await makeQueue(api.db);
    const agent = await makeAgent(api.db, [queue]);
    const token = await api.tokenFor(agent);
    const { id, say, identityId } = await begun(queue, { name: 'Ada' });
    for (let i = 2; i <= 5; i++) await say(`line ${i}`);
    const { body } = await api.call('get', `/conversations/${id}`, token).expect(200);
    expect(body).toMatchObject({
      conversation: { id, ownerId: agent, placement: 'assigned', lastSeq: 5, unread: 5 },
      identity: { id: identityId, name: 'Ada' },
      contact: null,
    });
    const kinds = body.events.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(['started', 'assignedAutomatically']);
    const seqs = (items: { seq: number }[]) => items.map(({ seq }) => seq);
    expect(seqs(body.messages)).toEqual([1, 2, 3, 4, 5]);
    const page = async (path: string) => (await api.call('get', path, token).expect(200)).body;
    const one = await page(`/conversations/${id}/messages?limit=3`);
    expect(seqs(one.items)).toEqual([5, 4, 3]);
    const two = await page(`/conversations/${id}/messages?limit=3&after=${one.next}`);
    expect([seqs(two.items), two.next]).toEqual([[2, 1], null]);
    const events = await page(`/conversations/${id}/events?limit=1`);
    expect(events.items).toMatchObject([
      { kind: 'assignedAutomatically', data: { agentId: agent } },
    ]);
    const rest = await page(`/conversations/${id}/events?limit=1&after=${events.next}`);
    expect(rest).toMatchObject({ items: [{ kind: 'started' }], next: null });
    const routing = await page(`/conversations/${id}/routing/receipts`);
    expect(routing.items).toMatchObject([
      {
        result: 'assign',
        agentId: agent,
        queueId: queue,
        candidates: [{ agentId: agent }],
        cause: null,
      },
    ]);
  });

  it('keeps a subject, a contact and what its agent has seen', async () => {
    const queue = await makeQueue(api.db);
    const agent = await makeAgent(api.db, [queue]);
    const token = await api.tokenFor(agent);
    const { id, say, identityId } = await begun(queue);
    await say('and');
    const path = `/conversations/${id}`;
    const { body: edited } = await api
      .call('patch', path, token)
      .send({ subject: 'Broken lamp' })
      .expect(200);
    expect(edited.subject).toBe('Broken lamp');
    const { body: same } = await api.call('patch', path, token).send({ subject: 'Broken lamp' });
    expect(same.rev).toBe(edited.rev);
    const contactId = newId();
    await api.db.query(`INSERT INTO contact (id, first_name, last_name) VALUES ($1, 'Ada', 'L')`, [
      contactId,
    ]);
    const { body: linked } = await api
      .call('put', `${path}/contact`, token)
      .send({ contactId })
      .expect(200);
    expect(linked).toMatchObject({ contactId, customerName: 'Ada L' });
    const [identity] = await api.db.query('SELECT contact_id FROM identity WHERE id = $1', [
      identityId,
    ]);
    expect(identity).toEqual({ contact_id: contactId });
    await api.call('post', `${path}/seen`, token).send({ seq: 1 }).expect(204);
    const { body: seen } = await api.call('get', path, token);
    expect(seen.conversation).toMatchObject({ agentSeenSeq: 1, unread: 1 });
    const kinds = seen.events.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(['started', 'assignedAutomatically', 'subjectChanged', 'contactLinked']);
    const boss = await api.tokenFor(await makeAgent(api.db, [queue], { role: 'supervisor' }));
    await api.call('post', `${path}/seen`, boss).send({ seq: 2 }).expect(204);
    const { body: after } = await api.call('get', path, token);
    expect(after.conversation.rev).toBe(seen.conversation.rev);
    await api.call('put', `${path}/contact`, boss).send({ contactId: null }).expect(200);
  });

  it('tells what has changed since a rev', async () => {
    const queue = await makeQueue(api.db);
    const token = await api.tokenFor(await makeAgent(api.db, [queue]));
    const { id, say } = await begun(queue);
    const { body } = await api.call('get', `/conversations/${id}`, token);
    const { rev } = body.conversation;
    const path = `/conversations/${id}/changes?after=`;
    const none = await api.call('get', `${path}${rev}`, token).expect(200);
    expect(none.body).toMatchObject({
      fromRev: rev,
      rev,
      messages: [],
      events: [],
      complete: true,
    });
    await say('and another thing');
    const { body: some } = await api.call('get', `${path}${rev}`, token).expect(200);
    expect(some).toMatchObject({ fromRev: rev, rev: rev + 1, messages: [{ seq: 2 }], events: [] });
    const { body: gap } = await api.call('get', `${path}${rev + 2}`, token).expect(409);
    expect(gap).toMatchObject({ code: 'SEQUENCE_GAP', details: { rev: rev + 1 } });
  });
});
