/** What the virtual assistant says: the question of a survey, the thanks for its answer, when we are closed. */
import type { Tx } from '../client';
import type { ConversationRow } from './conversation-row';
import { newId } from '../ids';
import { writeCommand } from './write-command';
import { writeConversation, type Columns } from './write-conversation';

const QUESTION = 'How would you rate this conversation, from 1 to 10?';

/** Begins the key of a message that asks for a rating. */
const ASKS = 'survey/';

/** In a live chat the page itself asks and thanks; elsewhere it takes a message. */
const speaksByMessage = (row: ConversationRow): boolean => row.channel_kind !== 'live-chat';

/** Asks the customer for a rating. The row is locked and `version` is the one that began the survey. */
export async function askForRating(tx: Tx, row: ConversationRow, version: number): Promise<void> {
  if (!speaksByMessage(row)) return;
  await say(tx, row, row.queue_settings.survey?.question ?? QUESTION, `${ASKS}${version}`);
}

/** Thanks for the rating, where the queue has words for it. */
export async function thankForRating(tx: Tx, row: ConversationRow): Promise<void> {
  const thanks = row.queue_settings.survey?.thanks;
  if (thanks && speaksByMessage(row)) await say(tx, row, thanks, 'thanks');
}

/** Writes a message of the assistant into a locked conversation, with other columns of it where some go along. */
export async function say(
  tx: Tx,
  row: ConversationRow,
  text: string,
  key: string,
  columns: Columns = {},
): Promise<void> {
  const seq = row.last_seq + 1;
  const rev = await writeConversation(tx, row.id, { ...columns, last_seq: seq, last_out_seq: seq });
  const outside = row.channel_kind !== 'live-chat';
  await tx.query(
    `INSERT INTO message (id, conversation_id, seq, rev, direction, author_kind, text, channel_id, key, delivery,
                          sent_at, created_at)
     VALUES ($1, $2, $3, $4, 'out', 'bot', $5, $6, $7, $8::message_delivery, $9, $10)`,
    [
      newId(),
      row.id,
      seq,
      rev,
      text,
      row.channel_id,
      key,
      outside ? 'pending' : 'sent',
      outside ? null : row.now,
      row.now,
    ],
  );
  if (outside) tx.effects.deliveries.add(row.id);
}

/** True where the channel can carry what the assistant says. */
export async function canSpeak(tx: Tx, row: ConversationRow): Promise<boolean> {
  if (!speaksByMessage(row)) return true;
  const rows = await tx.query(
    `SELECT 1 FROM channel WHERE id = $1 AND enabled AND archived_at IS NULL AND settings->>'replyUrl' IS NOT NULL`,
    [row.channel_id],
  );
  return rows.length > 0;
}

/**
 * Ends the survey whose question could not be sent: nobody can answer what they were not asked. For a message on a
 * locked conversation that has just failed; any other message is left alone.
 */
export async function tellUnsendable(
  tx: Tx,
  conversationId: string,
  messageId: string,
): Promise<void> {
  const rows = await tx.query<{ last_in_seq: number }>(
    `SELECT c.last_in_seq FROM message m JOIN conversation c ON c.id = m.conversation_id
      WHERE m.id = $1 AND m.author_kind = 'bot' AND starts_with(m.key, $2)
        AND c.status = 'solved' AND c.survey = 'running'`,
    [messageId, ASKS],
  );
  if (!rows[0]) return;
  await writeCommand(tx, {
    conversationId,
    name: 'surveyUnsendable',
    args: {},
    giver: { kind: 'system' },
    key: `unsendable/${messageId}`,
    afterSeq: rows[0].last_in_seq,
  });
}
