import { AppError } from '../core/errors';
import type { Tx } from './client';
import type { Columns } from './conversation/write-conversation';

/** Tables of configuration, which are edited field by field. */
type Table = 'agent' | 'queue' | 'channel' | 'calendar';

/**
 * Inserts a row under its id; nothing happens where the id exists, because then a repeated request made it.
 * @returns whether the row is new
 * @throws AppError CONFLICT where another row has a value that must be unique
 */
export async function insertRow(tx: Tx, table: Table, columns: Columns): Promise<boolean> {
  const names = Object.keys(columns);
  const places = names.map((_, i) => `$${i + 1}`);
  const rows = await refusing(
    tx.query(
      `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')})
       VALUES (${places.join(', ')}) ON CONFLICT (id) DO NOTHING RETURNING id`,
      names.map((name) => columns[name]),
    ),
  );
  return rows.length > 0;
}

/**
 * Writes the columns that are not undefined.
 * @throws AppError NOT_FOUND, CONFLICT
 */
export async function updateRow(tx: Tx, table: Table, id: string, columns: Columns): Promise<void> {
  const names = Object.keys(columns).filter((name) => columns[name] !== undefined);
  const set = names.map((name, i) => `"${name}" = $${i + 2}`);
  const rows = await refusing(
    tx.query(`UPDATE "${table}" SET ${['id = id', ...set].join(', ')} WHERE id = $1 RETURNING id`, [
      id,
      ...names.map((name) => columns[name]),
    ]),
  );
  if (rows.length === 0) throw new AppError('NOT_FOUND');
}

async function refusing<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    if ((error as { code?: string }).code === '23505') throw new AppError('CONFLICT');
    throw error;
  }
}
