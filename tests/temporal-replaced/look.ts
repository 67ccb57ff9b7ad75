/** What is in Temporal, asked of Temporal itself, and what must be there, asked of Postgres. */
import { Connection, Client } from '@temporalio/client';
import type { Database } from '../../db/client';
import { conversationWorkflowId } from '../../workflows/ids';

export interface Row {
  readonly id: string;
  readonly status: string;
  readonly next: number | null;
  /** Status, owner and every deadline, as text. */
  readonly all: string;
}

/** All conversations, by id. */
export async function readRows(db: Database): Promise<Map<string, Row>> {
  const rows = await db.query<Omit<Row, 'next'> & { next: Date | null }>(
    `SELECT id, status, next_deadline_at AS next,
            json_build_array(status, placement, owner_id, survey, version, claim_no, round_end_at, snooze_until,
              survey_expires_at, confirm_at, first_response_at, expires_at, held_since, next_deadline_at,
              window_expires_at)::text AS all
       FROM conversation`,
  );
  return new Map(rows.map((row) => [row.id, { ...row, next: row.next?.getTime() ?? null }]));
}

const OF_CONVERSATIONS = `WorkflowType = 'conversation'`;

export class TemporalLook {
  private constructor(private readonly client: Client) {}

  static at(address: string, namespace: string): TemporalLook {
    return new TemporalLook(new Client({ connection: Connection.lazy({ address }), namespace }));
  }

  /** How many conversations have a workflow that runs and has read their row. */
  async restored(): Promise<number> {
    const query = `${OF_CONVERSATIONS} AND ExecutionStatus = 'Running' AND ConversationStatus IS NOT NULL`;
    return (await this.client.workflow.count(query)).count;
  }

  /** Workflow ids of all runs of conversations, and of those that run. */
  async runs(): Promise<{ all: string[]; running: string[] }> {
    const [all, running]: [string[], string[]] = [[], []];
    for await (const run of this.client.workflow.list({ query: OF_CONVERSATIONS })) {
      all.push(run.workflowId);
      if (run.status.name === 'RUNNING') running.push(run.workflowId);
    }
    return { all, running };
  }

  /** When the timer of this conversation's workflow fires: the start of the last one and its length. Null: none. */
  async timerOf(id: string): Promise<number | null> {
    const { events } = await this.client.workflow
      .getHandle(conversationWorkflowId(id))
      .fetchHistory();
    const started = events?.findLast((event) => event.timerStartedEventAttributes);
    const lasts = started?.timerStartedEventAttributes?.startToFireTimeout;
    if (!started?.eventTime || !lasts) return null;
    return millisecondsOf(started.eventTime) + millisecondsOf(lasts);
  }

  close(): Promise<void> {
    return this.client.connection.close();
  }
}

const millisecondsOf = (time: { seconds?: unknown; nanos?: number | null }): number =>
  Number(time.seconds ?? 0) * 1000 + (time.nanos ?? 0) / 1_000_000;
