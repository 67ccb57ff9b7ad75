/** Conversations and messages as their customer reads them: SQL expressions that build the JSON of one row. */
import type { Status, SurveyState } from '../../core/conversation/types';
import { iso } from '../conversation/views';

export interface VisitorConversationView {
  readonly id: string;
  readonly number: number;
  readonly rev: number;
  readonly status: Status;
  readonly inLine: boolean;
  readonly agentName: string | null;
  readonly survey: {
    readonly state: SurveyState;
    readonly question: string | null;
    readonly commentQuestion: string | null;
    readonly thanks: string | null;
    readonly expiresAt: string | null;
  };
  readonly lastSeq: number;
  readonly agentSeenSeq: number;
  readonly customerSeenSeq: number;
  readonly createdAt: string;
  readonly closedAt: string | null;
}

export interface VisitorMessageView {
  readonly id: string;
  readonly seq: number;
  readonly direction: 'in' | 'out';
  readonly author: string;
  readonly authorName: string | null;
  readonly text: string;
  readonly createdAt: string;
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly mime: string;
    readonly size: number;
  }[];
}

/** The last message of `c` that its customer may see; notes have numbers too. */
const LAST_SEQ = `coalesce((SELECT max(m.seq) FROM message m
   WHERE m.conversation_id = c.id AND m.direction <> 'note'), 0)`;

/** JSON of the conversation `c`. */
export const VISITOR_CONVERSATION_VIEW = `(SELECT json_build_object(
  'id', c.id, 'number', c.number, 'rev', c.rev, 'status', c.status,
  'inLine', c.status = 'open' AND c.placement <> 'assigned',
  'agentName', (SELECT a.name FROM agent a WHERE a.id = c.owner_id AND c.placement = 'assigned'),
  'survey', json_build_object(
     'state', c.survey, 'question', q.settings->'survey'->'question',
     'commentQuestion', q.settings->'survey'->'commentQuestion', 'thanks', q.settings->'survey'->'thanks',
     'expiresAt', ${iso('c.survey_expires_at')}),
  'lastSeq', ${LAST_SEQ},
  'agentSeenSeq', c.agent_seen_seq, 'customerSeenSeq', c.customer_seen_seq,
  'createdAt', ${iso('c.created_at')}, 'closedAt', ${iso('c.closed_at')})
  FROM queue q WHERE q.id = c.queue_id)`;

/** JSON of the message `m`, which must be no note. */
export const VISITOR_MESSAGE_VIEW = `json_build_object(
  'id', m.id, 'seq', m.seq, 'direction', m.direction, 'author', m.author_kind,
  'authorName', (SELECT a.name FROM agent a WHERE a.id = m.author_id),
  'text', m.text, 'createdAt', ${iso('m.created_at')},
  'files', (SELECT coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'mime', f.mime, 'size', f.size)
                                     ORDER BY mf.position), '[]')
              FROM message_file mf JOIN file f ON f.id = mf.file_id WHERE mf.message_id = m.id))`;
