/**
 * Conversations, messages and events as people read them: SQL expressions that build the JSON of one row. They hold
 * only what changes together with the conversation's rev, so what a stream sends equals what a fresh read shows.
 */
import type { Placement, Status, SurveyState } from '../../core/conversation/types';

export interface ConversationView {
  readonly id: string;
  readonly number: number;
  readonly rev: number;
  readonly channelId: string;
  readonly channelKind: string;
  readonly queueId: string;
  readonly identityId: string;
  readonly contactId: string | null;
  readonly customerName: string | null;
  readonly subject: string | null;
  readonly status: Status;
  readonly placement: Placement | null;
  readonly survey: SurveyState;
  readonly rating: number | null;
  readonly ownerId: string | null;
  readonly lastAgentId: string | null;
  readonly listedAgentId: string | null;
  readonly transferToId: string | null;
  readonly transferUntil: string | null;
  readonly overCapacity: boolean;
  readonly priority: number;
  readonly front: boolean;
  readonly queuedSince: string | null;
  readonly lineSince: string | null;
  readonly requiredSkills: readonly string[];
  readonly preferredSkills: readonly string[];
  readonly relaxed: boolean;
  readonly urgent: boolean;
  readonly preferredAgentId: string | null;
  readonly preferredUntil: string | null;
  readonly ladderAt: string | null;
  readonly alertedAt: string | null;
  readonly offerExpiresAt: string | null;
  readonly snoozeUntil: string | null;
  readonly surveyExpiresAt: string | null;
  readonly confirmAt: string | null;
  readonly firstResponseAt: string | null;
  readonly windowExpiresAt: string | null;
  readonly windowMode: string | null;
  readonly lastSeq: number;
  readonly lastInSeq: number;
  readonly lastOutSeq: number;
  readonly lastMessageAt: string | null;
  readonly lastInboundAt: string | null;
  readonly firstReplyAt: string | null;
  readonly unread: number;
  readonly agentSeenSeq: number;
  readonly customerSeenSeq: number;
  readonly solvedAt: string | null;
  readonly closedAt: string | null;
  readonly closedBy: string | null;
  readonly previousId: string | null;
  readonly supersededById: string | null;
  readonly createdAt: string;
  /** The last message that is no note. */
  readonly preview: {
    readonly seq: number;
    readonly direction: 'in' | 'out';
    readonly text: string;
  } | null;
}

export interface MessageView {
  readonly id: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly rev: number;
  readonly direction: 'in' | 'out' | 'note';
  readonly authorKind: string;
  readonly authorId: string | null;
  readonly text: string;
  readonly humanTag: boolean;
  readonly delivery: string;
  readonly error: string | null;
  readonly sentAt: string | null;
  readonly createdAt: string;
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly mime: string;
    readonly size: number;
  }[];
}

export interface EventView {
  readonly id: number;
  readonly rev: number;
  readonly afterSeq: number;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly createdAt: string;
}

/** An instant as ISO 8601 in UTC with milliseconds, as JavaScript writes it. */
export const iso = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Names of columns that are read as they are, `snake_case AS "camelCase"`. */
const plain = (table: string, columns: readonly string[]): string =>
  columns.map((name) => `${table}.${name} AS "${camel(name)}"`).join(', ');

const instants = (table: string, columns: readonly string[]): string =>
  columns.map((name) => `${iso(`${table}.${name}`)} AS "${camel(name)}"`).join(', ');

const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** JSON of the conversation `c`. A preview is as long as one line of a list. */
export const CONVERSATION_VIEW = `(SELECT to_json(v) FROM (SELECT
  ${plain('c', ['id', 'number', 'rev', 'channel_id', 'channel_kind', 'queue_id', 'identity_id', 'contact_id'])},
  (SELECT coalesce(nullif(concat_ws(' ', k.first_name, k.last_name), ''), i.name)
     FROM identity i LEFT JOIN contact k ON k.id = coalesce(c.contact_id, i.contact_id)
    WHERE i.id = c.identity_id) AS "customerName",
  ${plain('c', ['subject', 'status', 'placement', 'survey'])},
  CASE WHEN c.survey = 'answered' THEN
    (SELECT s.rating FROM survey_answer s WHERE s.conversation_id = c.id) END AS rating,
  ${plain('c', ['owner_id', 'last_agent_id', 'listed_agent_id', 'transfer_to_id', 'over_capacity', 'priority', 'front'])},
  ${plain('c', ['required_skills', 'preferred_skills', 'relaxed', 'urgent', 'preferred_agent_id'])},
  ${iso('c.expires_at')} AS "offerExpiresAt",
  ${instants('c', [
    'transfer_until',
    'queued_since',
    'line_since',
    'preferred_until',
    'ladder_at',
    'alerted_at',
    'snooze_until',
    'survey_expires_at',
    'confirm_at',
    'first_response_at',
    'window_expires_at',
  ])},
  ${plain('c', ['window_mode', 'last_seq', 'last_in_seq', 'last_out_seq'])},
  ${instants('c', ['last_message_at', 'last_inbound_at', 'first_reply_at'])},
  ${plain('c', ['unread', 'agent_seen_seq', 'customer_seen_seq'])},
  ${instants('c', ['solved_at', 'closed_at'])},
  ${plain('c', ['closed_by', 'previous_id', 'superseded_by_id'])},
  ${instants('c', ['created_at'])},
  (SELECT to_json(p) FROM (
    SELECT m.seq, m.direction, left(m.text, 160) AS text FROM message m
     WHERE m.conversation_id = c.id AND m.direction <> 'note' ORDER BY m.seq DESC LIMIT 1) p) AS preview
) v)`;

/** JSON of the message `m`. */
export const MESSAGE_VIEW = `(SELECT to_json(v) FROM (SELECT
  ${plain('m', ['id', 'conversation_id', 'seq', 'rev', 'direction', 'author_kind', 'author_id', 'text'])},
  ${plain('m', ['human_tag', 'delivery', 'error'])},
  ${instants('m', ['sent_at', 'created_at'])},
  (SELECT coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'mime', f.mime, 'size', f.size)
                            ORDER BY mf.position), '[]')
     FROM message_file mf JOIN file f ON f.id = mf.file_id WHERE mf.message_id = m.id) AS files
) v)`;

/** JSON of the conversation event `e`. */
export const EVENT_VIEW = `(SELECT to_json(v) FROM (SELECT
  ${plain('e', ['id', 'rev', 'after_seq', 'kind', 'data', 'actor_kind', 'actor_id'])},
  ${instants('e', ['created_at'])}
) v)`;
