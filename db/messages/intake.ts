/**
 * The In path for many at once: what most messages are (an open conversation goes on) costs its share of one
 * transaction and one fsync. Everything else takes `receiveMessage`, one by one; the promises are the same.
 */
import { FREE_WINDOW_MS } from '../../core/windows/window';
import { Batches } from '../batches';
import type { Database } from '../client';
import { Effects } from '../effects';
import { newId } from '../ids';
import { prepared } from '../prepared';
import { receiveMessage, type Inbound, type Received } from './receive-message';

/**
 * One statement, which commits by itself. It locks the customers' open conversations that nobody else holds just now: a
 * batch waits for no single one. What is left out is taken one by one, because there is more to it: a bot's message, of
 * which its workflow must hear; one beside a command without outcome, which must not be decided as if it had not been
 * written; the first one out of hours, which is answered; one that was taken before. Others may have written to a conversation since the statement began; it sees the
 * row as they left it, but nothing else of theirs, so it leaves out the rows whose numbers have moved (`seen`). What
 * must not be there is looked up row by row: as a join it would read the whole index while its plan is from young days.
 */
const GO_ON = prepared(`
  WITH given AS MATERIALIZED (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
                  WITH ORDINALITY AS g(id, identity_id, channel_id, external_id, text, mode, sent_at, n)),
  seen AS MATERIALIZED (
    SELECT id, last_seq, last_command_number FROM conversation
     WHERE identity_id = ANY($2) AND chat_like AND status <> 'closed' AND superseded_by_id IS NULL),
  locked AS MATERIALIZED (
    SELECT id, identity_id, last_seq, last_command_number, rev, window_expires_at, queue_id, told_closed_since,
           app_now() AS now
      FROM conversation
     WHERE identity_id = ANY($2) AND chat_like AND status <> 'closed' AND superseded_by_id IS NULL
       AND status = 'open' AND placement <> 'bot'
       FOR NO KEY UPDATE SKIP LOCKED),
  live AS (
    SELECT l.* FROM locked l JOIN seen USING (id, last_seq, last_command_number)
     WHERE (SELECT c.number FROM command c WHERE c.conversation_id = l.id AND c.outcome IS NULL LIMIT 1) IS NULL
       AND (SELECT q.id FROM queue q WHERE q.id = l.queue_id AND NOT q.open
               AND q.closed_since IS DISTINCT FROM l.told_closed_since) IS NULL),
  fresh AS MATERIALIZED (
    SELECT g.*, l.id AS conversation_id, l.now,
           l.last_seq + row_number() OVER nth AS seq, l.rev + row_number() OVER nth AS rev,
           CASE WHEN g.mode <> 'none' THEN
             greatest(l.window_expires_at, least(g.sent_at, l.now) + $8::float8 * interval '1 ms') END AS expires_at
      FROM given g JOIN live l USING (identity_id)
     WHERE (SELECT m.id FROM message m WHERE m.channel_id = g.channel_id AND m.external_id = g.external_id
                                         AND m.direction = 'in' LIMIT 1) IS NULL
    WINDOW nth AS (PARTITION BY l.id ORDER BY g.n)),
  grown AS (
    UPDATE conversation c
       SET last_seq = f.seq, last_in_seq = f.seq, rev = f.rev, unread = c.unread + f.added,
           last_message_at = f.now, last_inbound_at = f.now, window_expires_at = f.expires_at, window_mode = f.mode
      FROM (SELECT conversation_id, max(seq) AS seq, max(rev) AS rev, count(*) AS added, max(now) AS now,
                   max(expires_at) AS expires_at, max(mode) AS mode FROM fresh GROUP BY conversation_id) f
     WHERE c.id = f.conversation_id)
  INSERT INTO message (id, conversation_id, seq, rev, direction, author_kind, text, channel_id, external_id, created_at)
  SELECT id, conversation_id, seq, rev, 'in', 'customer', text, channel_id, external_id, now FROM fresh
  RETURNING id, conversation_id, seq`);

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
    const given = new Map(onlyFirsts(inbounds).map((inbound) => [newId(), inbound]));
    const all = [...given.values()];
    const rows = await this.db.query<{ id: string; conversation_id: string; seq: number }>(GO_ON, [
      [...given.keys()],
      all.map(({ identityId }) => identityId),
      all.map(({ channel }) => channel.id),
      all.map(({ externalId }) => externalId),
      all.map(({ text }) => text),
      all.map(({ channel }) => channel.windowMode),
      all.map(({ sentAt }) => (sentAt === undefined ? null : new Date(sentAt))),
      FREE_WINDOW_MS,
    ]);
    const effects = new Effects();
    const taken = new Map<Inbound, Received>();
    for (const { id: messageId, conversation_id: conversationId, seq } of rows) {
      const inbound = given.get(messageId);
      if (!inbound) continue;
      effects.changed.add(conversationId);
      taken.set(inbound, { conversationId, messageId, seq, duplicate: false, created: false });
    }
    this.start(effects);
    return taken;
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
