/** Who took part in closed conversations. Agents' lists of these are read from here, in the order they were closed in. */
import type { Tx } from '../client';

/** Writes down who held the conversation, or wrote in it, now that it is closed. */
export async function noteParticipants(tx: Tx, conversationId: string): Promise<void> {
  await tx.query(
    `INSERT INTO participant (conversation_id, agent_id, closed_at)
     SELECT DISTINCT c.id, p.agent_id, c.closed_at
       FROM conversation c
      CROSS JOIN LATERAL (
        SELECT agent_id FROM claim WHERE conversation_id = c.id AND kind IN ('assign', 'accept', 'take')
         UNION ALL SELECT author_id FROM message WHERE conversation_id = c.id AND author_kind = 'agent'
         UNION ALL SELECT c.last_agent_id) p
      WHERE c.id = $1 AND p.agent_id IS NOT NULL`,
    [conversationId],
  );
}

/** The conversation is open again. */
export async function forgetParticipants(tx: Tx, conversationId: string): Promise<void> {
  await tx.query('DELETE FROM participant WHERE conversation_id = $1', [conversationId]);
}

/** Condition: the agent took part in the closed conversation with this id. Both are SQL. */
export const tookPart = (conversationId: string, agentId: string): string =>
  `EXISTS (SELECT 1 FROM participant t
            WHERE t.conversation_id = ${conversationId} AND t.agent_id = ${agentId})`;
