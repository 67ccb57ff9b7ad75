/** A transfer that is offered first: at every moment exactly one agent has it, and room is kept for it. */
import fc from 'fast-check';
import { AppError } from '../../core/errors';
import type { CommandName } from '../../core/conversation/types';
import { makeAgent, makeQueue } from '../../tests/support/people';
import { WaitingWorld } from '../../tests/support/waiting-world';
import { accept, reject } from './answer-offer';
import { giveCommand } from '../conversation/give-command';
import { newId } from '../ids';
import { setAgentState } from '../agents/presence';

let w: WaitingWorld;
beforeAll(async () => {
  w = await WaitingWorld.begin();
});
afterAll(() => w.end());

interface Scene {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

async function give(
  id: string,
  agent: string,
  name: CommandName,
  agentId?: string,
  kind: 'agent' | 'supervisor' = 'agent',
): Promise<void> {
  const args = agentId ? { agentId } : {};
  const wish = { conversationId: id, name, args, key: newId(), giver: { kind, id: agent } };
  await w.settle(await giveCommand(w.db, wish));
  await w.decide(id);
}

async function offered(transferMs = 20_000): Promise<Scene> {
  const queue = await makeQueue(w.db, { settings: { transferMs } });
  const from = await makeAgent(w.db, [queue]);
  const id = await w.asks(queue);
  const to = await makeAgent(w.db, [], { maxUnits: 25 });
  await give(id, from, 'transferToAgent', to);
  return { id, from, to };
}

async function stands(id: string) {
  const [row] = await w.db.query<{
    owner_id: string;
    transfer_to_id: string | null;
    status: string;
    placement: string;
  }>(
    'SELECT owner_id, transfer_to_id, status::text, placement::text FROM conversation WHERE id = $1',
    [id],
  );
  return row;
}

async function load(agent: string): Promise<number | undefined> {
  const [row] = await w.db.query<{ used_units: number }>(
    'SELECT used_units FROM agent WHERE id = $1',
    [agent],
  );
  return row?.used_units;
}

const codeOf = (error: unknown): unknown => (error instanceof AppError ? error.code : error);

it('stays with its agent, and room is kept, until the other one accepts', async () => {
  const { id, from, to } = await offered();
  expect(await stands(id)).toMatchObject({ owner_id: from, transfer_to_id: to });
  expect([await load(from), await load(to)]).toEqual([25, 25]);
  await w.settle(await accept(w.db, id, to, 'yes'));
  expect(await stands(id)).toMatchObject({ owner_id: to, transfer_to_id: null, status: 'open' });
  expect([await load(from), await load(to)]).toEqual([0, 25]);
  expect(await w.happened(id)).toEqual([
    'started',
    'assignedAutomatically',
    'transferOffered',
    'transferredToAgent',
  ]);
  // The same answer again, as a browser sends it that missed the first one.
  await w.settle(await accept(w.db, id, to, 'yes'));
});

it('goes back where it is declined, and the room with it', async () => {
  const { id, from, to } = await offered();
  await w.settle(await reject(w.db, id, to, 'no'));
  expect(await stands(id)).toMatchObject({ owner_id: from, transfer_to_id: null });
  expect([await load(from), await load(to)]).toEqual([25, 0]);
  await expect(accept(w.db, id, to, 'but').catch(codeOf)).resolves.toBe('OFFER_GONE');
});

it('goes back when its time is over, and cannot be accepted any more', async () => {
  const { id, from, to } = await offered();
  await w.db.query(`UPDATE conversation SET transfer_until = app_now() WHERE id = $1`, [id]);
  await expect(accept(w.db, id, to, 'late').catch(codeOf)).resolves.toBe('OFFER_GONE');
  await w.decide(id);
  expect(await stands(id)).toMatchObject({ owner_id: from, transfer_to_id: null });
  expect(await w.happened(id)).toContain('transferMissed');
  expect(await load(to)).toBe(0);
});

it('goes back when the other one pauses', async () => {
  const { id, from, to } = await offered();
  await w.settle(await setAgentState(w.db, to, 'paused', 'lunch'));
  expect(await stands(id)).toMatchObject({ owner_id: from, transfer_to_id: null });
});

it('is handed over at once where nothing is set, and by a supervisor', async () => {
  const atOnce = await offered(0);
  expect(await stands(atOnce.id)).toMatchObject({ owner_id: atOnce.to, transfer_to_id: null });
  const { id, from } = await offered();
  const boss = await makeAgent(w.db, [], { role: 'supervisor' });
  const third = await makeAgent(w.db, []);
  await give(id, boss, 'transferToAgent', third, 'supervisor');
  expect(await stands(id)).toMatchObject({ owner_id: third, transfer_to_id: null });
  expect(await load(from)).toBe(0);
});

it('offered to another one instead, the first one is free again', async () => {
  const { id, from, to } = await offered();
  const third = await makeAgent(w.db, []);
  await give(id, from, 'transferToAgent', third);
  expect(await stands(id)).toMatchObject({ owner_id: from, transfer_to_id: third });
  expect([await load(to), await load(third)]).toEqual([0, 25]);
});

it('whatever happens at the same moment, one agent has it and loads are what is held', async () => {
  const acts = ['accept', 'reject', 'pause', 'solve', 'release', 'again'] as const;
  const act = async ({ id, from, to }: Scene, what: (typeof acts)[number]): Promise<unknown> => {
    switch (what) {
      case 'accept':
        return w.settle(await accept(w.db, id, to, newId()));
      case 'reject':
        return w.settle(await reject(w.db, id, to, newId()));
      case 'pause':
        return w.settle(await setAgentState(w.db, to, 'paused', 'lunch'));
      case 'solve':
        return give(id, from, 'solve');
      case 'release':
        return give(id, from, 'release', undefined, 'supervisor');
      case 'again':
        return give(id, from, 'transferToAgent', to);
    }
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...acts), { minLength: 2, maxLength: 4 }),
      async (wanted) => {
        const scene = await offered();
        const outcomes = await Promise.allSettled(wanted.map((each) => act(scene, each)));
        // What came too late is refused with a code of the catalogue, never half done.
        for (const each of outcomes) {
          if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(AppError);
        }
        await w.decide(scene.id);
        const rows = await w.db.query<{ agent: string; used: number; held: number }>(
          `SELECT a.id AS agent, a.used_units AS used,
                  coalesce((SELECT sum(reserved_units)::int FROM conversation WHERE owner_id = a.id), 0)
                  + coalesce((SELECT sum(transfer_units)::int FROM conversation WHERE transfer_to_id = a.id), 0) AS held
             FROM agent a WHERE a.id = ANY($1)`,
          [[scene.from, scene.to]],
        );
        for (const { used, held } of rows) expect(used).toBe(held);
        const end = await stands(scene.id);
        expect(end?.transfer_to_id === null || end?.placement === 'assigned').toBe(true);
        expect(end?.placement !== 'assigned' || end.owner_id !== null).toBe(true);
      },
    ),
    { numRuns: 25 },
  );
});
