import type { Database } from '../client';
import { iso } from '../conversation/views';

export interface AgentStateView {
  readonly agentId: string;
  readonly state: 'logged_off' | 'available' | 'paused';
  readonly pauseReason: string | null;
  /** Holds a conversation that allows nothing beside it. */
  readonly inConversation: boolean;
  readonly stateSince: string;
  readonly onCall: boolean;
  readonly absentSince: string | null;
  readonly usedUnits: number;
  readonly maxUnits: number;
}

/** How an agent stands now: what changes many times a day. Null where there is no such agent. */
export async function readAgentState(
  db: Pick<Database, 'query'>,
  id: string,
): Promise<AgentStateView | null> {
  const rows = await db.query<AgentStateView & Record<string, unknown>>(
    `SELECT id AS "agentId", state, pause_reason AS "pauseReason", in_conversation AS "inConversation", ${iso('state_since')} AS "stateSince",
            on_call AS "onCall", ${iso('absent_since')} AS "absentSince", used_units AS "usedUnits",
            max_units AS "maxUnits"
       FROM agent WHERE id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
