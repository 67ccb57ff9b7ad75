/** Agents who come, pause and go, and what is changed about agents and queues meanwhile. */
import { editAgent } from '../../db/agents/agents';
import { archiveQueue } from '../../db/queues/archive-queue';
import type { Database } from '../../db/client';
import { Effects } from '../../db/effects';
import { newId } from '../../db/ids';
import {
  agentLoggedIn,
  endSessions,
  heartbeat,
  markAbsent,
  releaseOfAbsent,
  setAgentState,
} from '../../db/agents/presence';
import { releaseOfPaused } from '../../db/agents/release-on-pause';
import { editQueue, putMember, removeMember } from '../../db/queues/queues';
import type { Planned } from './act';
import { queueOf, somebody, type House } from './house';
import type { Act } from './steps';

type PresenceAct = Extract<
  Act,
  {
    do:
      | 'come'
      | 'pause'
      | 'unpause'
      | 'silence'
      | 'expire'
      | 'heartbeat'
      | 'grace'
      | 'longPause'
      | 'leave';
  }
>;
type AdminAct = Extract<Act, { do: 'join' | 'quit' | 'limit' | 'deliver' | 'archive' }>;

const only = async (made: Promise<{ effects: Effects }>): Promise<Effects> => (await made).effects;
const ADMIN = { kind: 'admin', id: null };

export function planStaff(house: House, act: PresenceAct | AdminAct): Promise<Planned> {
  return isAdminAct(act) ? planAdmin(house, act) : planPresence(house, act);
}

const isAdminAct = (act: PresenceAct | AdminAct): act is AdminAct =>
  ['join', 'quit', 'limit', 'deliver', 'archive'].includes(act.do);

async function planPresence(house: House, act: PresenceAct): Promise<Planned> {
  const { id } = await somebody(house, act.agent);
  switch (act.do) {
    case 'come':
      return { may: true, run: (db) => comeIn(db, id) };
    case 'pause':
    case 'unpause': {
      const state = act.do === 'pause' ? 'paused' : 'available';
      return { may: null, run: (db) => only(setAgentState(db, id, state, null)) };
    }
    case 'silence':
      return {
        may: true,
        async run(db) {
          await setSessions(db, id, 'last_seen_at');
          return only(markAbsent(db, id));
        },
      };
    case 'expire':
      // Nobody has noticed yet: whoever watches at the next rest does.
      return {
        may: true,
        async run(db) {
          await setSessions(db, id, 'expires_at');
          return new Effects();
        },
      };
    case 'heartbeat':
      return {
        may: true,
        async run(db) {
          const rows = await db.query<{ id: string }>(
            'SELECT id FROM session WHERE agent_id = $1 AND expires_at > app_now() ORDER BY id DESC LIMIT 1',
            [id],
          );
          return (rows[0] && (await heartbeat(db, id, rows[0].id))) ?? new Effects();
        },
      };
    case 'grace': {
      const grace = { liveChat: 0, others: 0 };
      return { may: true, run: (db) => only(releaseOfAbsent(db, id, grace)) };
    }
    case 'longPause':
      // As long as no time, to the watcher; the rest of the pause is the house's to say.
      return { may: true, run: (db) => only(releaseOfPaused(db, id, -1)) };
    case 'leave':
      return { may: true, run: (db) => only(endSessions(db, id, { open: act.open })) };
  }
}

async function comeIn(db: Database, id: string): Promise<Effects> {
  await db.query(
    `INSERT INTO session (id, agent_id, token_hash, last_seen_at, expires_at)
     VALUES ($1, $2, $3, 'infinity', 'infinity')`,
    [newId(), id, newId()],
  );
  return only(agentLoggedIn(db, id));
}

const setSessions = (
  db: Database,
  id: string,
  column: 'last_seen_at' | 'expires_at',
): Promise<unknown> =>
  db.query(`UPDATE session SET ${column} = '-infinity' WHERE agent_id = $1 AND ended_at IS NULL`, [
    id,
  ]);

async function planAdmin(house: House, act: AdminAct): Promise<Planned> {
  const queueId = 'to' in act ? (house.queues[act.to] ?? '') : '';
  const { archived } = await queueOf(house, queueId || (house.queues[2] ?? ''));
  const agentId = 'agent' in act ? (await somebody(house, act.agent)).id : '';
  switch (act.do) {
    case 'join': {
      const member = { queueId, agentId, penalty: 0, position: 0 };
      return { may: !archived, run: (db) => only(putMember(db, ADMIN, member)) };
    }
    case 'quit':
      return { may: null, run: (db) => only(removeMember(db, ADMIN, queueId, agentId)) };
    case 'limit': {
      const fields = { maxUnits: act.units };
      return { may: true, run: (db) => only(editAgent(db, ADMIN, agentId, fields, newId())) };
    }
    case 'deliver': {
      const fields = { delivery: act.how };
      return { may: !archived, run: (db) => only(editQueue(db, ADMIN, queueId, fields)) };
    }
    case 'archive': {
      const [, heir, spare = ''] = house.queues;
      return { may: !archived, run: (db) => only(archiveQueue(db, ADMIN, spare, heir)) };
    }
  }
}
