/**
 * Sending outside, seen from Postgres: who may make the next attempt, and what came of it. An attempt holds a lease
 * on its message, with a token of its own: whoever comes back after the lease has gone to another changes nothing.
 */
import { GIVE_UP_AFTER, pauseAfter } from '../../core/delivery/attempts';
import { tellUnsendable } from '../conversation/assistant-message';
import type { Database, Tx } from '../client';
import type { Effects } from '../effects';
import { newId } from '../ids';
import { windowIsOpen } from './window-is-open';
import type { StoredChannel } from '../channels/channel-account';
import { writeMessage, type Columns } from '../conversation/write-conversation';

/** Longer than any attempt takes; what is not marked by then was cut off. */
const LEASE_MS = 30_000;

export interface Attempt {
  readonly leaseToken: string;
  readonly messageId: string;
  readonly conversationId: string;
  /** The customer, as the channel knows them. */
  readonly to: string;
  readonly text: string;
  readonly writtenAt: Date;
  readonly channel: Pick<StoredChannel, 'id' | 'kind' | 'settings' | 'sealed'>;
  readonly files: readonly { id: string; name: string; mime: string; size: number }[];
}

/** The next thing to do for a conversation. */
export type Next =
  | { readonly kind: 'none' }
  /** The head is being sent by somebody else, or has a pause before it. */
  | { readonly kind: 'wait'; readonly ms: number }
  /** The head was settled without an attempt: look again. */
  | { readonly kind: 'settled'; readonly channelKind: string; readonly result: string }
  | { readonly kind: 'attempt'; readonly attempt: Attempt };

interface Head {
  id: string;
  delivery: 'pending' | 'sending';
  attempts: number;
  channel_kind: string;
  enabled: boolean;
  window_open: boolean;
  /** Milliseconds until it may be taken; 0 or less: now. */
  wait_ms: number;
  age_ms: number;
  now: Date;
}

const HEAD = `
  SELECT m.id, m.delivery, m.attempts, app_now() AS now, c.channel_kind, ch.enabled AND ch.archived_at IS NULL AS enabled,
         ${windowIsOpen('c', 'm')} AS window_open,
         extract(epoch FROM greatest(m.next_attempt_at, m.lease_until) - app_now())::float8 * 1000 AS wait_ms,
         extract(epoch FROM app_now() - m.created_at)::float8 * 1000 AS age_ms
    FROM message m JOIN conversation c ON c.id = m.conversation_id JOIN channel ch ON ch.id = c.channel_id
   WHERE m.conversation_id = $1 AND m.direction = 'out' AND m.delivery IN ('pending', 'sending')
   ORDER BY m.seq LIMIT 1`;

/** The channel of a conversation; null where there is none. */
export async function channelOfConversation(
  db: Pick<Database, 'query'>,
  conversationId: string,
): Promise<string | null> {
  const rows = await db.query<{ channel_id: string }>(
    'SELECT channel_id FROM conversation WHERE id = $1',
    [conversationId],
  );
  return rows[0]?.channel_id ?? null;
}

/**
 * Takes the first unsent message of a conversation, or says why there is nothing to be tried. Messages are taken in
 * their order: one with a pause before it holds up those behind. `repeatable` tells for a kind of channel whether an
 * attempt whose outcome nobody knows may be made again.
 */
export function takeNext(
  db: Database,
  conversationId: string,
  repeatable: (channelKind: string) => boolean,
): Promise<{ value: Next; effects: Effects }> {
  return db.transaction(async (tx): Promise<Next> => {
    await lock(tx, conversationId);
    const head = (await tx.query<Head>(HEAD, [conversationId]))[0];
    if (!head) return { kind: 'none' };
    if (head.wait_ms > 0) return { kind: 'wait', ms: Math.ceil(head.wait_ms) };
    const unsendable = whyNot(head, repeatable);
    if (unsendable) {
      const [delivery, error] = unsendable;
      const ended = { lease_token: null, lease_until: null };
      await writeMessage(tx, conversationId, head.id, { delivery, error, ...ended });
      if (delivery === 'failed') await tellUnsendable(tx, conversationId, head.id);
      return { kind: 'settled', channelKind: head.channel_kind, result: delivery };
    }
    const leaseToken = newId();
    await writeMessage(tx, conversationId, head.id, {
      delivery: 'sending',
      attempts: head.attempts + 1,
      lease_token: leaseToken,
      lease_until: new Date(head.now.getTime() + LEASE_MS),
      next_attempt_at: null,
    });
    return { kind: 'attempt', attempt: await readAttempt(tx, head.id, leaseToken) };
  });
}

function whyNot(
  head: Head,
  repeatable: (channelKind: string) => boolean,
): ['failed' | 'unknown', string] | null {
  // Its lease is over, so the process was cut off somewhere between the call and the mark.
  if (head.delivery === 'sending' && !repeatable(head.channel_kind)) return ['unknown', 'CUT_OFF'];
  if (head.age_ms > GIVE_UP_AFTER) return ['failed', 'EXPIRED'];
  if (!head.enabled) return ['failed', 'CHANNEL_DISABLED'];
  return head.window_open ? null : ['failed', 'WINDOW_CLOSED'];
}

async function readAttempt(tx: Tx, messageId: string, leaseToken: string): Promise<Attempt> {
  const rows = await tx.query<{
    conversation_id: string;
    to: string;
    text: string;
    created_at: Date;
    id: string;
    kind: string;
    settings: Record<string, unknown>;
    sealed: Uint8Array | null;
    files: Attempt['files'];
  }>(
    `SELECT m.conversation_id, i.external_id AS to, m.text, m.created_at, ch.id, ch.kind, ch.settings, ch.sealed,
            (SELECT coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'mime', f.mime, 'size', f.size)
                                      ORDER BY mf.position), '[]')
               FROM message_file mf JOIN file f ON f.id = mf.file_id WHERE mf.message_id = m.id) AS files
       FROM message m JOIN conversation c ON c.id = m.conversation_id
                      JOIN identity i ON i.id = c.identity_id JOIN channel ch ON ch.id = c.channel_id
      WHERE m.id = $1`,
    [messageId],
  );
  const row = rows[0];
  if (!row) throw new Error('a message that was just leased is gone');
  const { id, kind, settings, sealed } = row;
  return {
    leaseToken,
    messageId,
    conversationId: row.conversation_id,
    to: row.to,
    text: row.text,
    writtenAt: row.created_at,
    channel: { id, kind, settings, sealed },
    files: row.files,
  };
}

/** What came of an attempt. `code` is a short word, never what the other side wrote. */
export type Outcome =
  | { readonly kind: 'sent'; readonly externalId?: string | undefined }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'retry'; readonly code: string; readonly afterMs?: number | undefined }
  | { readonly kind: 'unknown'; readonly code: string };

/** Writes what came of an attempt. False where its lease has gone to another, who will write what counts. */
export function finishAttempt(
  db: Database,
  attempt: Pick<Attempt, 'messageId' | 'conversationId' | 'leaseToken'>,
  outcome: Outcome,
): Promise<{ value: boolean; effects: Effects }> {
  const { messageId, conversationId, leaseToken } = attempt;
  return db.transaction(async (tx) => {
    await lock(tx, conversationId);
    const rows = await tx.query<Leased>(
      `SELECT delivery, attempts, created_at, app_now() AS now
         FROM message WHERE id = $1 AND lease_token = $2`,
      [messageId, leaseToken],
    );
    const row = rows[0];
    if (!row) return false;
    // The receiver's own report was faster than its answer, and knows better.
    const columns: Columns = row.delivery === 'sending' ? columnsOf(outcome, row) : {};
    await writeMessage(tx, conversationId, messageId, {
      lease_token: null,
      lease_until: null,
      ...columns,
      ...(outcome.kind === 'sent' && outcome.externalId ? { external_id: outcome.externalId } : {}),
    });
    if (columns['delivery'] === 'failed') await tellUnsendable(tx, conversationId, messageId);
    return true;
  });
}

interface Leased {
  delivery: string;
  attempts: number;
  created_at: Date;
  now: Date;
}

function columnsOf(outcome: Outcome, row: Leased): Columns {
  switch (outcome.kind) {
    case 'sent':
      return { delivery: 'sent', error: null, sent_at: row.now };
    case 'failed':
    case 'unknown':
      return { delivery: outcome.kind, error: outcome.code };
    case 'retry': {
      const next = row.now.getTime() + pauseAfter(row.attempts, outcome.afterMs);
      const late = next - row.created_at.getTime() > GIVE_UP_AFTER;
      return late
        ? { delivery: 'failed', error: outcome.code }
        : { delivery: 'pending', error: outcome.code, next_attempt_at: new Date(next) };
    }
  }
}

const lock = (tx: Tx, conversationId: string): Promise<unknown> =>
  tx.query('SELECT 1 FROM conversation WHERE id = $1 FOR NO KEY UPDATE', [conversationId]);
