import type { CommandArgs, CommandName, Giver } from '../../core/conversation/types';
import type { Tx } from '../client';
import { contentHash } from '../ids';

export interface NewCommand {
  readonly conversationId: string;
  readonly name: CommandName;
  readonly args: CommandArgs;
  readonly giver: Giver;
  /** The same key for the same wish: a repeat finds the first outcome. */
  readonly key: string;
  readonly afterSeq: number;
}

/** Hash by which a repeated key is told from a reused one. */
export function commandHash(command: Pick<NewCommand, 'name' | 'args'>): string {
  return contentHash([command.name, command.args]);
}

/**
 * Gives the command the conversation's next number and leaves the ring for it. The row must be locked, so numbers
 * have no gaps and follow the order of commits.
 */
export async function writeCommand(tx: Tx, command: NewCommand): Promise<number> {
  const rows = await tx.query<{ number: number }>(
    `WITH numbered AS (
       UPDATE conversation SET last_command_number = last_command_number + 1, rung_at = app_now()
        WHERE id = $1 RETURNING last_command_number AS number)
     INSERT INTO command (conversation_id, number, name, args, giver_kind, giver_id, key, key_hash, after_seq, created_at)
     SELECT $1, number, $2, $3, $4, $5, $6, $7, $8, app_now() FROM numbered RETURNING number`,
    [
      command.conversationId,
      command.name,
      JSON.stringify(command.args),
      command.giver.kind,
      command.giver.id ?? null,
      command.key,
      commandHash(command),
      command.afterSeq,
    ],
  );
  const number = rows[0]?.number ?? 0;
  tx.effects.rings.push({
    conversationId: command.conversationId,
    signal: command.name,
    args: { number, args: command.args, giver: command.giver, afterSeq: command.afterSeq },
  });
  return number;
}
