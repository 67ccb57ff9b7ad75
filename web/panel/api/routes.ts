/** Where the API's endpoints are. The names, and with them all types, are those of contracts/; a test compares both. */
import type * as agents from '../../../contracts/http/agents';
import type * as calendars from '../../../contracts/http/calendars';
import type * as channels from '../../../contracts/http/channels';
import type * as commands from '../../../contracts/http/commands';
import type * as contacts from '../../../contracts/http/contacts';
import type * as conversations from '../../../contracts/http/conversations';
import type * as drafts from '../../../contracts/http/drafts';
import type * as files from '../../../contracts/http/files';
import type * as messages from '../../../contracts/http/messages';
import type * as queuePreview from '../../../contracts/http/queue-preview';
import type * as queueVersions from '../../../contracts/http/queue-versions';
import type * as queues from '../../../contracts/http/queues';
import type * as routing from '../../../contracts/http/routing';
import type * as sessions from '../../../contracts/http/sessions';
import type * as settings from '../../../contracts/http/settings';
import type * as supervision from '../../../contracts/http/supervision';
import type * as transferTargets from '../../../contracts/http/transfer-targets';
import type { Endpoint, Method } from '../../../contracts/endpoint';

type Contracts = typeof agents &
  typeof calendars &
  typeof channels &
  typeof commands &
  typeof contacts &
  typeof conversations &
  typeof drafts &
  typeof files &
  typeof messages &
  typeof queuePreview &
  typeof queueVersions &
  typeof queues &
  typeof routing &
  typeof sessions &
  typeof settings &
  typeof supervision &
  typeof transferTargets;

type EndpointName = {
  [K in keyof Contracts]: Contracts[K] extends Endpoint ? K : never;
}[keyof Contracts];

/** Only those that a screen uses: the contracts themselves would bring their schemas into the browser. */
export const routes = {
  signIn: ['post', '/sessions'],
  getCurrentSession: ['get', '/sessions/current'],
  signOut: ['delete', '/sessions/current'],
  listAgents: ['get', '/agents'],
  getAgent: ['get', '/agents/{id}'],
  setAgentState: ['put', '/agents/{id}/state'],
  logOffAgent: ['delete', '/agents/{id}/sessions'],
  listQueues: ['get', '/queues'],
  emptyQueue: ['post', '/queues/{id}/empty'],
  getSupervision: ['get', '/supervision'],
  listChannels: ['get', '/channels'],
  createChannel: ['post', '/channels'],
  getChannel: ['get', '/channels/{id}'],
  editChannel: ['patch', '/channels/{id}'],
  archiveChannel: ['delete', '/channels/{id}'],
  rotateSecret: ['post', '/channels/{id}/secret'],
  createQueue: ['post', '/queues'],
  getQueue: ['get', '/queues/{id}'],
  editQueue: ['patch', '/queues/{id}'],
  archiveQueue: ['post', '/queues/{id}/archive'],
  putMember: ['put', '/queues/{id}/members/{agentId}'],
  removeMember: ['delete', '/queues/{id}/members/{agentId}'],
  previewQueue: ['post', '/queues/{id}/preview'],
  listQueueVersions: ['get', '/queues/{id}/versions'],
  listCalendars: ['get', '/calendars'],
  createCalendar: ['post', '/calendars'],
  getCalendar: ['get', '/calendars/{id}'],
  editCalendar: ['patch', '/calendars/{id}'],
  deleteCalendar: ['delete', '/calendars/{id}'],
  createAgent: ['post', '/agents'],
  editAgent: ['patch', '/agents/{id}'],
  archiveAgent: ['delete', '/agents/{id}'],
  getSettings: ['get', '/settings'],
  putSettings: ['put', '/settings'],
  listConversations: ['get', '/conversations'],
  getConversation: ['get', '/conversations/{id}'],
  listMessages: ['get', '/conversations/{id}/messages'],
  listEvents: ['get', '/conversations/{id}/events'],
  getRouting: ['get', '/conversations/{id}/routing'],
  listReceipts: ['get', '/conversations/{id}/routing/receipts'],
  listTransferQueues: ['get', '/transfer-targets/queues'],
  listTransferAgents: ['get', '/transfer-targets/agents'],
  getChanges: ['get', '/conversations/{id}/changes'],
  editConversation: ['patch', '/conversations/{id}'],
  setSkills: ['put', '/conversations/{id}/skills'],
  setPriority: ['put', '/conversations/{id}/priority'],
  hideConversation: ['post', '/conversations/{id}/hide'],
  markSeen: ['post', '/conversations/{id}/seen'],
  sendMessage: ['post', '/conversations/{id}/messages'],
  giveCommand: ['post', '/conversations/{id}/commands'],
  acceptOffer: ['post', '/conversations/{id}/accept'],
  rejectOffer: ['post', '/conversations/{id}/reject'],
  takeConversation: ['post', '/conversations/{id}/take'],
  getDraft: ['get', '/conversations/{id}/draft'],
  putDraft: ['put', '/conversations/{id}/draft'],
  getContact: ['get', '/contacts/{id}'],
  uploadFile: ['post', '/files'],
  getFile: ['get', '/files/{id}'],
} as const satisfies Partial<Record<EndpointName, readonly [Method, string]>>;

export type RouteName = keyof typeof routes;

/** The contract behind a route. */
export type Contract<N extends RouteName> = Contracts[N];
