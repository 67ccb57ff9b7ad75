/** What operators filter conversations by. Ids and states only: search attributes are never encrypted. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

export const CHANNEL = defineSearchAttributeKey('Channel', SearchAttributeType.KEYWORD);
export const QUEUE_ID = defineSearchAttributeKey('QueueId', SearchAttributeType.KEYWORD);
export const AGENT_ID = defineSearchAttributeKey('AgentId', SearchAttributeType.KEYWORD);
export const STATUS = defineSearchAttributeKey('ConversationStatus', SearchAttributeType.KEYWORD);
export const PLACEMENT = defineSearchAttributeKey('Placement', SearchAttributeType.KEYWORD);
export const CUSTOMER_REF = defineSearchAttributeKey('CustomerRef', SearchAttributeType.KEYWORD);
export const NEXT_DEADLINE = defineSearchAttributeKey(
  'NextDeadlineAt',
  SearchAttributeType.DATETIME,
);
export const PRIORITY = defineSearchAttributeKey('Priority', SearchAttributeType.INT);

/** All of them, for registration. */
export const SEARCH_ATTRIBUTES = [
  CHANNEL,
  QUEUE_ID,
  AGENT_ID,
  STATUS,
  PLACEMENT,
  CUSTOMER_REF,
  NEXT_DEADLINE,
  PRIORITY,
] as const;
