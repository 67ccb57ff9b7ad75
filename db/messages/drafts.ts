import type { Database } from '../client';

export interface Draft {
  readonly reply: string;
  readonly note: string;
  readonly updatedAt: string | null;
}

const NOTHING: Draft = { reply: '', note: '', updatedAt: null };

interface Row {
  reply: string;
  note: string;
  updated_at: Date;
}

/** What the agent has begun to write in the conversation. */
export async function readDraft(
  db: Pick<Database, 'query'>,
  conversationId: string,
  agentId: string,
): Promise<Draft> {
  const rows = await db.query<Row>(
    'SELECT reply, note, updated_at FROM draft WHERE conversation_id = $1 AND agent_id = $2',
    [conversationId, agentId],
  );
  return rows[0] ? shown(rows[0]) : NOTHING;
}

/** Keeps both texts in the place of what was kept before; two empty ones leave nothing behind. */
export async function writeDraft(
  db: Pick<Database, 'query'>,
  conversationId: string,
  agentId: string,
  texts: { readonly reply: string; readonly note: string },
): Promise<Draft> {
  if (texts.reply === '' && texts.note === '') {
    await db.query('DELETE FROM draft WHERE conversation_id = $1 AND agent_id = $2', [
      conversationId,
      agentId,
    ]);
    return NOTHING;
  }
  const rows = await db.query<Row>(
    `INSERT INTO draft (conversation_id, agent_id, reply, note, updated_at)
     VALUES ($1, $2, $3, $4, app_now())
     ON CONFLICT (conversation_id, agent_id) DO UPDATE
       SET reply = excluded.reply, note = excluded.note, updated_at = excluded.updated_at
     RETURNING reply, note, updated_at`,
    [conversationId, agentId, texts.reply, texts.note],
  );
  return rows[0] ? shown(rows[0]) : NOTHING;
}

const shown = ({ reply, note, updated_at }: Row): Draft => ({
  reply,
  note,
  updatedAt: updated_at.toISOString(),
});
