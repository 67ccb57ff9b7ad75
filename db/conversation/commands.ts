/** Reads of commands: what somebody asked for, and what became of it. */
import type { CommandName } from '../../core/conversation/types';
import type { ErrorCode } from '../../core/errors';
import type { Database } from '../client';
import { toOutcome } from './give-command';
import { iso } from './views';

export interface CommandView {
  readonly conversationId: string;
  readonly number: number;
  readonly name: CommandName;
  readonly giverKind: string;
  readonly giverId: string | null;
  readonly outcome: 'applied' | ErrorCode | null;
  readonly createdAt: string;
  readonly decidedAt: string | null;
}

/** Null where there is no such command. */
export async function readCommand(
  db: Pick<Database, 'query'>,
  conversationId: string,
  number: number,
): Promise<CommandView | null> {
  const rows = await db.query<CommandView & { outcome: string | null }>(
    `SELECT conversation_id AS "conversationId", number, name, giver_kind AS "giverKind", giver_id AS "giverId",
            outcome, ${iso('created_at')} AS "createdAt", ${iso('decided_at')} AS "decidedAt"
       FROM command WHERE conversation_id = $1 AND number = $2`,
    [conversationId, number],
  );
  const row = rows[0];
  return row ? { ...row, outcome: toOutcome(row.outcome) } : null;
}
