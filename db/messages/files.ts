/** Rows of stored files, and who may use which. The content lies in the storage, by its hash. */
import { MAX_FILES_OF_OPEN_CHANNEL } from '../../core/files/check-file';
import { AppError } from '../../core/errors';
import type { Database } from '../client';

export interface FileRow {
  readonly id: string;
  readonly hash: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  readonly conversationId: string | null;
  readonly identityId: string | null;
  readonly agentId: string | null;
}

/** Who stored it: a customer, or an agent. */
export type Uploader = { readonly identityId: string } | { readonly agentId: string };

const COLUMNS = `id, hash, name, mime, size, conversation_id AS "conversationId",
  identity_id AS "identityId", agent_id AS "agentId"`;

/**
 * Writes the row. A repeat with the same id finds the first one.
 * @throws AppError IDEMPOTENCY_MISMATCH where the id stands for another content
 */
export async function insertFile(
  db: Pick<Database, 'query'>,
  file: Pick<FileRow, 'id' | 'hash' | 'name' | 'mime' | 'size'>,
  by: Uploader,
): Promise<FileRow> {
  const identityId = 'identityId' in by ? by.identityId : null;
  const agentId = 'agentId' in by ? by.agentId : null;
  await db.query(
    `INSERT INTO file (id, hash, name, mime, size, identity_id, agent_id, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, app_now()) ON CONFLICT (id) DO NOTHING`,
    [file.id, file.hash, file.name, file.mime, file.size, identityId, agentId],
  );
  const row = await readFile(db, file.id);
  const same = row?.hash === file.hash && row.identityId === identityId && row.agentId === agentId;
  if (!row || !same) throw new AppError('IDEMPOTENCY_MISMATCH');
  return row;
}

/** Null where there is none. */
export async function readFile(db: Pick<Database, 'query'>, id: string): Promise<FileRow | null> {
  const rows = await db.query<FileRow>(`SELECT ${COLUMNS} FROM file WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/**
 * The ids without repeats, where the customer stored all of these files. One who is not known (null) has stored none.
 * @throws AppError NOT_FOUND
 */
export async function filesOfCustomer(
  db: Pick<Database, 'query'>,
  ids: readonly string[],
  identityId: string | null,
): Promise<string[]> {
  return allOf(ids, (unique) =>
    db.query('SELECT 1 FROM file WHERE id = ANY($1) AND identity_id = $2', [unique, identityId]),
  );
}

/**
 * The ids without repeats, where the agent may send all of these files in this conversation: files that the agent
 * stored and used nowhere else, and files of the conversation itself.
 * @throws AppError NOT_FOUND; INVALID_REQUEST for more files than the channel takes with one message
 */
export async function filesOfAgent(
  db: Pick<Database, 'query'>,
  ids: readonly string[],
  agentId: string,
  conversationId: string,
): Promise<string[]> {
  const unique = await allOf(ids, (wanted) =>
    db.query(
      `SELECT 1 FROM file WHERE id = ANY($1)
          AND (conversation_id = $3 OR (agent_id = $2 AND conversation_id IS NULL))`,
      [wanted, agentId, conversationId],
    ),
  );
  if (unique.length <= MAX_FILES_OF_OPEN_CHANNEL) return unique;
  const open = await db.query(
    `SELECT 1 FROM conversation WHERE id = $1 AND channel_kind = 'open'`,
    [conversationId],
  );
  if (open.length === 0) return unique;
  const problem = `must hold at most ${MAX_FILES_OF_OPEN_CHANNEL}`;
  throw new AppError('INVALID_REQUEST', { fields: [{ path: 'fileIds', problem }] });
}

async function allOf(
  ids: readonly string[],
  find: (unique: readonly string[]) => Promise<readonly unknown[]>,
): Promise<string[]> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return unique;
  const found = await find(unique);
  if (found.length !== unique.length) throw new AppError('NOT_FOUND', { what: 'file' });
  return unique;
}

/** True where the customer stored the file, or it came to them in a message. */
export async function customerMaySee(
  db: Pick<Database, 'query'>,
  fileId: string,
  identityId: string,
): Promise<boolean> {
  const rows = await db.query(
    `SELECT 1 FROM file WHERE id = $1 AND identity_id = $2
      UNION ALL
     SELECT 1 FROM message_file f JOIN message m ON m.id = f.message_id AND m.direction <> 'note'
                                  JOIN conversation c ON c.id = m.conversation_id
      WHERE f.file_id = $1 AND c.identity_id = $2 LIMIT 1`,
    [fileId, identityId],
  );
  return rows.length > 0;
}
