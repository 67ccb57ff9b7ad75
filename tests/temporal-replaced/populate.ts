/**
 * A thousand live conversations in every state that a conversation can rest in: one of each kind by the product's own
 * transactions, the others as copies of its rows.
 */
import type { CommandName } from '../../core/conversation/types';
import type { QueueSettings } from '../../core/routing/policy';
import { AfterCommit } from '../../db/after-commit';
import { rejectOffer } from '../../db/routing/claim-back';
import type { Database } from '../../db/client';
import type { Effects } from '../../db/effects';
import { giveCommand } from '../../db/conversation/give-command';
import { newId } from '../../db/ids';
import { loadConversation } from '../../db/conversation/load';
import { receiveMessage, type Inbound } from '../../db/messages/receive-message';
import { sendMessage } from '../../db/messages/send-message';
import { sealSecrets } from '../../platform/channel-secrets';
import { makeAgent, makeChannel, makeCustomer, makeQueue } from '../support/people';
import { drivenDoorbell } from '../support/workflow-driver';
import { copy } from './copy';

const HOUR = 3_600_000;
const ENDLESS_UNITS = 1_000_000;

/** What a conversation rests in, or what is still to come to it. */
export type Where =
  | 'inLine'
  | 'offered'
  | 'refused'
  | 'unanswered'
  | 'idle'
  | 'idleAndSolved'
  | 'waiting'
  | 'waitingShortly'
  | 'asked'
  | 'solved'
  | 'outside'
  | 'outsideAndAnswered';

interface Plan {
  readonly count: number;
  readonly kind?: 'open';
  readonly delivery?: 'offer' | 'manual';
  readonly settings?: QueueSettings;
  /** What is done once it has got where its queue puts it. */
  readonly then?: (made: Made) => Promise<void>;
}

interface Made {
  readonly db: Database;
  readonly id: string;
  readonly agentId: string;
  done<T>(work: Promise<{ value: T; effects: Effects }>): Promise<T>;
}

const give =
  (name: CommandName) =>
  async ({ db, id, agentId, done }: Made): Promise<void> => {
    const giver = { kind: 'agent' as const, id: agentId };
    await done(giveCommand(db, { conversationId: id, name, args: {}, giver, key: newId() }));
  };

const reply = async ({ db, id, agentId, done }: Made): Promise<void> => {
  const words = { text: 'Good day.', fileIds: [], note: false, humanTag: false };
  await done(sendMessage(db, { conversationId: id, agentId, key: newId(), ...words }));
};

const idle = { idleMs: HOUR, confirmMs: HOUR };

const plans = (shortlyMs: number): Readonly<Record<Where, Plan>> => ({
  inLine: { count: 100, delivery: 'manual' },
  offered: { count: 100, delivery: 'offer', settings: { offerMs: HOUR } },
  refused: {
    count: 100,
    delivery: 'offer',
    settings: { offerMs: HOUR, roundPauseMs: HOUR },
    then: ({ db, id, agentId, done }) => done(rejectOffer(db, id, agentId, newId())),
  },
  unanswered: { count: 100, settings: { firstResponseMs: HOUR } },
  idle: { count: 100, settings: idle, then: reply },
  idleAndSolved: { count: 50, settings: idle },
  waiting: { count: 100, then: give('setWaiting') },
  waitingShortly: { count: 50, settings: { waitingMs: shortlyMs }, then: give('setWaiting') },
  asked: {
    count: 100,
    settings: { survey: { enabled: true, expiryMs: HOUR } },
    then: give('solve'),
  },
  solved: { count: 100, settings: { confirmMs: HOUR }, then: give('solve') },
  outside: { count: 50, kind: 'open', settings: idle },
  outsideAndAnswered: { count: 50, kind: 'open', settings: idle },
});

export interface Population {
  /** Ids of the conversations by where they rest, with the agent of each. */
  readonly at: Readonly<Record<Where, { readonly ids: string[]; readonly agentId: string }>>;
  readonly ids: readonly string[];
}

export interface Wishes {
  /** Where the replies of the open channel go, the key that they are signed with, and what seals that key. */
  readonly replyUrl: string;
  readonly key: Buffer;
  readonly secret: string;
  /** How long those wait that wait shortly. */
  readonly shortlyMs: number;
}

export async function populate(db: Database, wishes: Wishes): Promise<Population> {
  const faults: unknown[] = [];
  const doorbell = drivenDoorbell(db, (effects) => afterCommit.start(effects));
  const afterCommit = new AfterCommit(db, doorbell, (error) => void faults.push(error));
  const done: Made['done'] = async (work) => {
    const { value, effects } = await work;
    await afterCommit.run(effects);
    return value;
  };
  const at = {} as Record<Where, { ids: string[]; agentId: string }>;
  for (const [where, plan] of Object.entries(plans(wishes.shortlyMs)) as [Where, Plan][]) {
    const queueId = await makeQueue(db, {
      delivery: plan.delivery ?? 'auto',
      settings: plan.settings ?? {},
    });
    const agentId = await makeAgent(db, [queueId], { maxUnits: ENDLESS_UNITS });
    const channel = await channelOf(db, queueId, plan, wishes);
    const customer = await makeCustomer(db, channel);
    const { conversationId: id } = await done(
      receiveMessage(db, { ...customer, externalId: newId(), text: 'hello' }),
    );
    await plan.then?.({ db, id, agentId, done });
    // A message moves the deadline of idleness, which is written down when a workflow next loads.
    await loadConversation(db, id, []);
    await afterCommit.settled();
    at[where] = { ids: [id, ...(await copy(db, id, plan.count - 1))], agentId };
  }
  if (faults.length > 0) throw faults[0];
  // Nobody sits before these screens, and nobody is to count as absent for it.
  await db.query(`UPDATE session SET last_seen_at = '2100-01-01', expires_at = '2100-01-01'`);
  return { at, ids: Object.values(at).flatMap(({ ids }) => ids) };
}

async function channelOf(
  db: Database,
  queueId: string,
  plan: Plan,
  { replyUrl, key, secret }: Wishes,
): Promise<Inbound['channel']> {
  const channel = await makeChannel(db, queueId, plan.kind);
  if (plan.kind !== 'open') return channel;
  await db.query('UPDATE channel SET settings = $2, sealed = $3 WHERE id = $1', [
    channel.id,
    JSON.stringify({ replyUrl, windowMode: '24h' }),
    sealSecrets(secret, [`whsec_${key.toString('base64')}`]),
  ]);
  return { ...channel, windowMode: '24h' };
}
