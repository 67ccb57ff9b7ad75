/** A small installation on a real Postgres: three queues, three agents, five customers, some processes. */
import { connectDatabase, type Database } from '../../db/client';
import type { Wish } from '../../db/conversation/give-command';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../support/people';
import { freshDatabase } from '../support/database';
import type { Inbound } from '../../db/messages/receive-message';
import type { Projection } from '../../db/conversation/project';
import type { Known, Line, Somebody } from './reference';
import { Routers } from './routers';
import type { Tally } from './tally';
import { clear, watch } from './watch';

export interface House {
  /** One connection pool a process. */
  readonly processes: readonly [Database, Database];
  readonly queues: readonly string[];
  readonly agents: readonly string[];
  readonly customers: readonly Pick<Inbound, 'channel' | 'identityId' | 'contactId'>[];
  /** External ids of messages that were accepted, and keys of replies. */
  readonly accepted: { id: string; customer: number; messageId: string }[];
  readonly replies: string[];
  readonly commands: { wish: Wish; number: number }[];
  /** The conversation that most acts are about just now. */
  focus: string | null;
  /** Projections of workers that stalled. */
  readonly held: Projection[];
  readonly routers: Routers;
  readonly tally: Tally;
  /** Whether Temporal is away: nobody hears a ring. */
  away: boolean;
  count: number;
}

export interface Site {
  readonly processes: readonly [Database, Database];
  readonly routers: Routers;
  close(): Promise<void>;
}

export async function openSite(): Promise<Site> {
  const database = await freshDatabase();
  const processes = [1, 2].map((n) =>
    connectDatabase({ url: database.url, name: `process ${n}`, max: 8 }),
  ) as [Database, Database];
  await watch(processes[0]);
  const routers = new Routers(database.url, processes[0]);
  return {
    processes,
    routers,
    async close() {
      await routers.close();
      for (const db of processes) await db.close();
      await database.drop();
    },
  };
}

/** Every conversation costs 25 units, so that the order in line never depends on who has how much room. */
const unitOverrides = { 'live-chat': 25, open: 25 };

export async function furnish({ processes, routers }: Site, tally: Tally): Promise<House> {
  const [db] = processes;
  await clear(db);
  const support = await makeQueue(db, {
    delivery: 'offer',
    settings: { unitOverrides, survey: { enabled: true }, firstResponseMs: 300_000 },
  });
  const sales = await makeQueue(db, { weight: 1, settings: { unitOverrides, idleMs: 900_000 } });
  const spare = await makeQueue(db, {
    delivery: 'offer',
    settings: { unitOverrides, missedOffersToPause: 1 },
  });
  const agents = [
    await makeAgent(db, [support, spare], { maxUnits: 25 }),
    await makeAgent(db, [support, sales], { maxUnits: 50 }),
    await makeAgent(db, [sales, spare], { maxUnits: 25, in: false }),
  ];
  await db.query(`UPDATE session SET last_seen_at = 'infinity', expires_at = 'infinity'`);
  const chat = await makeChannel(db, support, 'live-chat');
  const open = await makeChannel(db, sales, 'open');
  await db.query(`UPDATE channel SET settings = '{"replyUrl": "http://127.0.0.1:9/"}'`);
  const customers = [];
  for (const channel of [chat, chat, chat, open, open]) {
    customers.push(await makeCustomer(db, channel));
  }
  return {
    processes,
    queues: [support, sales, spare],
    agents,
    customers,
    accepted: [],
    replies: [],
    commands: [],
    focus: null,
    held: [],
    routers,
    tally,
    away: false,
    count: 0,
  };
}

/** The conversation that a number stands for: the one in focus, or among the latest ones. */
export async function pick(house: House, on: number): Promise<Known | null> {
  const [db] = house.processes;
  if (house.focus && on % 4 > 0) return (await known(db, house.focus)) ?? null;
  const rows = await read(db, 'ORDER BY number DESC LIMIT 7');
  return rows[on % Math.max(1, rows.length)] ?? null;
}

const HELD = `placement = 'assigned' AND status = 'open'`;
const SURVEYED = `status = 'solved' AND survey = 'running'`;
const IN_LINE = `placement = 'queued' AND status = 'open'`;
/** What is allowed in few states only is mostly tried where it fits. */
const FITTING: Readonly<Record<string, string>> = {
  accept: `placement = 'offered'`,
  reject: `placement = 'offered'`,
  take: IN_LINE,
  reply: HELD,
  setWaiting: HELD,
  release: `placement = 'assigned'`,
  resume: `status = 'waiting'`,
  rate: SURVEYED,
  surveySkipped: SURVEYED,
  closeWaiting: IN_LINE,
};

/** The same for what is to be done to it. */
export async function pickFor(house: House, what: string, on: number): Promise<Known | null> {
  const fitting = FITTING[what];
  if (!fitting || house.focus || on % 4 === 3) return pick(house, on);
  const rows = await read(house.processes[0], `WHERE ${fitting} ORDER BY number DESC LIMIT 7`);
  return rows[on % Math.max(1, rows.length)] ?? pick(house, on);
}

/** The customer that a number stands for: the one of the conversation in focus, or any. */
export async function customerOf(house: House, customer: number): Promise<number> {
  const focused = house.focus && customer > 0 && (await known(house.processes[0], house.focus));
  if (!focused) return customer;
  return house.customers.findIndex((who) => who.identityId === focused.identity_id);
}

/** Conversations in which something is to be decided. */
export const busy = (db: Database): Promise<Known[]> =>
  read(
    db,
    `WHERE next_deadline_at <= app_now() OR EXISTS (
       SELECT 1 FROM command WHERE conversation_id = conversation.id AND outcome IS NULL) ORDER BY number DESC`,
  );

export const known = async (db: Database, id: string): Promise<Known | undefined> =>
  (await read(db, `WHERE id = '${id}'`))[0];

export const liveOf = async (db: Database, identityId: string): Promise<Known | undefined> =>
  (
    await read(
      db,
      `WHERE identity_id = '${identityId}' AND status <> 'closed' AND superseded_by_id IS NULL`,
    )
  )[0];

const read = (db: Database, where: string): Promise<Known[]> =>
  db.query<Known>(
    `SELECT id, identity_id, channel_kind, status, placement, survey, owner_id, last_in_seq, last_seq,
            coalesce(expires_at <= app_now(), false) AS expired,
            coalesce(next_deadline_at <= app_now(), false) OR EXISTS (
              SELECT 1 FROM command WHERE conversation_id = conversation.id AND outcome IS NULL) AS busy
       FROM conversation ${where}`,
  );

/** Open conversations in line or offered. */
export const claimable = (db: Database): Promise<Known[]> =>
  read(db, `WHERE status = 'open' AND placement IN ('queued', 'offered') ORDER BY number DESC`);

export async function queueOf(house: House, id: string): Promise<Line> {
  const rows = await house.processes[0].query<{ archived: boolean; members: number }>(
    `SELECT archived_at IS NOT NULL AS archived,
            (SELECT count(*)::int FROM queue_member WHERE queue_id = q.id) AS members
       FROM queue q WHERE id = $1`,
    [id],
  );
  return rows[0] ?? { archived: true, members: 0 };
}

export async function somebody(house: House, agent: number): Promise<Somebody> {
  const id = house.agents[agent % house.agents.length] ?? '';
  const rows = await house.processes[0].query<{ in: boolean }>(
    `SELECT state <> 'logged_off' AND absent_since IS NULL AS in FROM agent WHERE id = $1`,
    [id],
  );
  return { id, in: rows[0]?.in ?? false };
}

/** Changes with everything that anybody could see. */
export async function fingerprint(db: Database): Promise<string> {
  const { rows } = await db.pool.query<{ print: string }>({
    name: 'fingerprint',
    text: `SELECT concat_ws('/',
       (SELECT md5(string_agg((to_jsonb(c) - '{seen_claim_no,loaded_version,next_deadline_at,rung_at}'::text[])::text,
                              '|' ORDER BY id)) FROM conversation c),
       (SELECT md5(string_agg(a::text, '|' ORDER BY id)) FROM agent a),
       (SELECT md5(string_agg(k::text, '|' ORDER BY conversation_id, number)) FROM command k),
       (SELECT count(*) FROM claim), (SELECT count(*) FROM message), (SELECT count(*) FROM hand_out),
       (SELECT count(*) FROM conversation_event), (SELECT count(*) FROM survey_answer)) AS print`,
  });
  return rows[0]?.print ?? '';
}
