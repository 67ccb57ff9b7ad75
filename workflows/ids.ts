/** Every id and queue name that Temporal sees, in one place. Pure, so that the API and the workers agree. */

/** Id of the workflow that runs a conversation. */
export const conversationWorkflowId = (conversationId: string): string =>
  `conversation-${conversationId}`;

/** Id of the workflow that sends a conversation's messages outside. */
export const deliveryWorkflowId = (conversationId: string): string => `delivery-${conversationId}`;

export const RECONCILE_WORKFLOW_ID = 'reconcile';
export const RECONCILE_SCHEDULE_ID = 'reconcile-hourly';

/** Id of the schedule that fires at the openings and closings of a calendar, and of the workflows that it starts. */
export const hoursScheduleId = (calendarId: string): string => `${HOURS_PREFIX}${calendarId}`;
/** All such schedules, and nothing else, begin with it. */
export const HOURS_PREFIX = 'hours-';

/** Task queue of all workflows, and of what conversations ask of the world. */
export const CONVERSATION_TASK_QUEUE = 'conversation';

/** Where the calls to the outside wait, one task queue a channel kind: a slow vendor keeps nobody else waiting. */
export const deliveryTaskQueue = (channelKind: string): string => `delivery-${channelKind}`;
