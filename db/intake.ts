/**
 * The In path for many at once: what most messages are (an open conversation goes on) costs its share of one
 * transaction and one fsync. Everything else takes `receiveMessage`, one by one; the promises are the same.
 */
import { windowAfter } from '../core/windows/window';
import { Batches } from './batches';
import type { Database, Tx } from './client';
import type { Effects } from './effects';
import { newId } from './ids';
import { receiveMessage, type Inbound, type Received } from './receive-message';

/** A live conversation that is locked, with what this transaction adds to it. */
interface Live {
  readonly id: string;
  readonly identity_id: string;
  readonly now: Date;
  last_seq: number;
  rev: number;
  added: number;
  window_expires_at: Date | null;
  window_mode: string | null;
}

interface Written {
  readonly id: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly rev: number;
  readonly inbound: Inbound;
}

export class Intake {
  private readonly together: Batches<Inbound, Received>;
  /** By identity: the last of those of its messages that are taken one by one. */
  private readonly alone = new Map<string, Promise<unknown>>();

  /** `start` does what transactions leave to be done: see AfterCommit. */
  constructor(
    private readonly db: Database,
    private readonly start: (effects: Effects) => void,
  ) {
    this.together = new Batches((inbounds) => this.take(inbounds));
  }

  /** Takes one message, committed when it resolves. What it throws and promises is as of `receiveMessage`. */
  receive(inbound: Inbound): Promise<Received> {
    // A customer's messages keep the order in which they came.
    const plain = !inbound.fileIds?.length && !this.alone.has(inbound.identityId);
    return plain ? this.together.ask(inbound) : this.takeAlone(inbound);
  }

  private async take(
    inbounds: readonly Inbound[],
  ): Promise<readonly (Received | Promise<Received>)[]> {
    const taken = await this.goOn(inbounds).catch((error: unknown) => {
      // A value that Postgres refuses must not be everybody's fault; with any other fault nobody would fare better.
      if (isOfOne(error)) return new Map<Inbound, Received>();
      throw error;
    });
    return inbounds.map((inbound) => taken.get(inbound) ?? this.takeAlone(inbound));
  }

  /** Takes those that only go on with an open conversation; the others are missing in the answer. */
  private async goOn(inbounds: readonly Inbound[]): Promise<Map<Inbound, Received>> {
    const { value, effects } = await this.db.transaction(async (tx) => {
      const written: Written[] = [];
      const live = await lockLive(tx, inbounds);
      const firsts = onlyFirsts(inbounds).filter(({ identityId }) => live.has(identityId));
      if (firsts.length === 0) return written;
      const { undecided, known } = await whatStandsAgainst(tx, [...live.values()], firsts);
      for (const inbound of firsts) {
        const row = live.get(inbound.identityId);
        if (!row || undecided.has(row.id) || known.has(nameOf(inbound))) continue;
        written.push({ ...add(row, inbound), inbound });
      }
      const grown = [...live.values()].filter(({ added }) => added > 0);
      if (grown.length > 0) await write(tx, grown, written);
      for (const { id } of grown) tx.effects.changed.add(id);
      return written;
    });
    this.start(effects);
    return new Map(
      value.map(({ inbound, id: messageId, conversationId, seq }) => [
        inbound,
        { conversationId, messageId, seq, duplicate: false, created: false },
      ]),
    );
  }

  private takeAlone(inbound: Inbound): Promise<Received> {
    const { identityId } = inbound;
    const before = this.alone.get(identityId) ?? Promise.resolve();
    const mine = before.then(async () => {
      const { value, effects } = await receiveMessage(this.db, inbound);
      this.start(effects);
      return value;
    });
    const settled = mine
      .catch(() => undefined)
      .then(() => {
        if (this.alone.get(identityId) === settled) this.alone.delete(identityId);
      });
    this.alone.set(identityId, settled);
    return mine;
  }
}

const nameOf = (inbound: Inbound): string => `${inbound.channel.id} ${inbound.externalId}`;

/** Without those that are a second delivery of one before them. */
function onlyFirsts(inbounds: readonly Inbound[]): Inbound[] {
  const seen = new Set<string>();
  return inbounds.filter((inbound) => {
    const name = nameOf(inbound);
    return !seen.has(name) && seen.add(name);
  });
}

/** Data that Postgres cannot store, or a row that may not be: SQLSTATE classes 22 and 23. */
const isOfOne = (error: unknown): boolean =>
  /^2[23]/.test(String((error as { code?: unknown }).code));

/**
 * Locks the identities' open conversations that nobody else holds just now: a batch waits for no single one. A bot's
 * are left out, because its workflow must hear of each message.
 */
async function lockLive(tx: Tx, inbounds: readonly Inbound[]): Promise<Map<string, Live>> {
  const rows = await tx.query<Omit<Live, 'rev' | 'added'> & { rev: string }>(
    `SELECT id, identity_id, last_seq, rev, window_expires_at, window_mode, app_now() AS now
       FROM conversation
      WHERE identity_id = ANY($1) AND chat_like AND status <> 'closed' AND superseded_by_id IS NULL
        AND status = 'open' AND placement <> 'bot'
        FOR NO KEY UPDATE SKIP LOCKED`,
    [[...new Set(inbounds.map(({ identityId }) => identityId))]],
  );
  return new Map(rows.map((row) => [row.identity_id, { ...row, rev: Number(row.rev), added: 0 }]));
}

/**
 * What makes a message more than one that goes on: a command without outcome, which must not be decided as if it had
 * not been written, or the same message taken before. A second statement, so that it sees all that was committed by
 * those who held the locks before.
 */
async function whatStandsAgainst(
  tx: Tx,
  rows: readonly Live[],
  inbounds: readonly Inbound[],
): Promise<{ undecided: Set<string>; known: Set<string> }> {
  const found = await tx.query<{ conversation_id: string | null; name: string | null }>(
    `SELECT k.conversation_id, NULL AS name
       FROM unnest($1::uuid[]) AS live(id)
      CROSS JOIN LATERAL (SELECT conversation_id FROM command
                           WHERE conversation_id = live.id AND outcome IS NULL LIMIT 1) k
      UNION ALL
     SELECT NULL, m.channel_id || ' ' || m.external_id
       FROM unnest($2::uuid[], $3::text[]) AS given(channel_id, external_id)
      CROSS JOIN LATERAL (SELECT channel_id, external_id FROM message
                           WHERE channel_id = given.channel_id AND external_id = given.external_id
                             AND direction = 'in' LIMIT 1) m`,
    [
      rows.map(({ id }) => id),
      inbounds.map(({ channel }) => channel.id),
      inbounds.map(({ externalId }) => externalId),
    ],
  );
  const of = (key: 'conversation_id' | 'name'): Set<string> =>
    new Set(found.map((row) => row[key]).filter((value) => value !== null));
  return { undecided: of('conversation_id'), known: of('name') };
}

/** Gives the message its place in the conversation. */
function add(row: Live, inbound: Inbound): Omit<Written, 'inbound'> {
  const now = row.now.getTime();
  const { windowMode } = inbound.channel;
  const window = row.window_expires_at?.getTime() ?? null;
  const expiresAt = windowAfter(windowMode, window, inbound.sentAt ?? now, now);
  row.window_expires_at = expiresAt === null ? null : new Date(expiresAt);
  row.window_mode = windowMode;
  row.added++;
  row.last_seq++;
  row.rev++;
  return { id: newId(), conversationId: row.id, seq: row.last_seq, rev: row.rev };
}

/** Writes the rows' message columns and the messages in one statement. */
async function write(tx: Tx, rows: readonly Live[], messages: readonly Written[]): Promise<void> {
  await tx.query(
    `WITH grown AS (
       UPDATE conversation c
          SET last_seq = g.seq, last_in_seq = g.seq, last_message_at = $6, last_inbound_at = $6,
              window_expires_at = g.expires_at, window_mode = g.mode, unread = c.unread + g.added, rev = g.rev
         FROM unnest($1::uuid[], $2::int[], $3::bigint[], $4::int[], $5::timestamptz[], $7::text[])
              AS g(id, seq, rev, added, expires_at, mode)
        WHERE c.id = g.id)
     INSERT INTO message (id, conversation_id, seq, rev, direction, author_kind, text, channel_id, external_id, created_at)
     SELECT id, conversation_id, seq, rev, 'in', 'customer', text, channel_id, external_id, $6
       FROM unnest($8::uuid[], $9::uuid[], $10::int[], $11::bigint[], $12::text[], $13::uuid[], $14::text[])
            AS given(id, conversation_id, seq, rev, text, channel_id, external_id)`,
    [
      rows.map(({ id }) => id),
      rows.map(({ last_seq }) => last_seq),
      rows.map(({ rev }) => rev),
      rows.map(({ added }) => added),
      rows.map(({ window_expires_at }) => window_expires_at),
      rows[0]?.now,
      rows.map(({ window_mode }) => window_mode),
      messages.map(({ id }) => id),
      messages.map(({ conversationId }) => conversationId),
      messages.map(({ seq }) => seq),
      messages.map(({ rev }) => rev),
      messages.map(({ inbound }) => inbound.text),
      messages.map(({ inbound }) => inbound.channel.id),
      messages.map(({ inbound }) => inbound.externalId),
    ],
  );
}
