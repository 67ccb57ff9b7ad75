import { z } from 'zod';
import { agentShape, mostOfKinds, roleName, unitOverrides } from '../agent';
import { endpoint } from '../endpoint';
import { byId, channelKind, emailAddress, line, pageOf, pageQuery, uuid } from '../shapes';
import { skillList } from '../skills';
import { openQuery } from './sessions';

const fields = z.strictObject({
  email: emailAddress,
  name: line(100),
  number: line(20).nullable(),
  role: roleName,
  password: z.string().min(8).max(200),
  channelKinds: z.array(channelKind).max(20),
  maxUnits: z.int().min(0).max(10_000),
  unitOverrides,
  mostOfKinds,
  skills: skillList,
});

export const listAgents = endpoint({
  id: 'listAgents',
  method: 'get',
  path: '/agents',
  summary: 'Lists agents by name',
  query: pageQuery.extend({
    search: line(100).optional().meta({ description: 'Part of the name or the address.' }),
    queueId: uuid.optional(),
    state: agentShape.shape.state.optional(),
    archived: z.enum(['true', 'false']).default('false'),
  }),
  response: pageOf(agentShape),
  errors: [],
  access: 'agent',
});

export const createAgent = endpoint({
  id: 'createAgent',
  method: 'post',
  path: '/agents',
  summary: 'Adds an agent',
  body: fields.partial({
    number: true,
    role: true,
    channelKinds: true,
    maxUnits: true,
    unitOverrides: true,
    mostOfKinds: true,
    skills: true,
  }),
  response: agentShape,
  status: 201,
  errors: ['CONFLICT'],
  access: 'admin',
});

export const getAgent = endpoint({
  id: 'getAgent',
  method: 'get',
  path: '/agents/{id}',
  summary: 'Reads one agent',
  params: byId,
  response: agentShape,
  errors: ['NOT_FOUND'],
  access: 'agent',
});

export const editAgent = endpoint({
  id: 'editAgent',
  method: 'patch',
  path: '/agents/{id}',
  summary: 'Edits an agent; a new password ends their other sign-ins',
  params: byId,
  body: fields.partial(),
  response: agentShape,
  errors: ['NOT_FOUND', 'CONFLICT', 'LAST_ADMIN'],
  access: 'admin',
});

export const archiveAgent = endpoint({
  id: 'archiveAgent',
  method: 'delete',
  path: '/agents/{id}',
  summary: 'Archives an agent, who can then no longer sign in',
  description: 'Conversations that are still open must be released: `open=release`.',
  params: byId,
  query: z.strictObject({ open: z.literal('release').optional() }),
  errors: ['NOT_FOUND', 'OPEN_CONVERSATIONS', 'LAST_ADMIN'],
  access: 'admin',
});

export const setAgentState = endpoint({
  id: 'setAgentState',
  method: 'put',
  path: '/agents/{id}/state',
  summary: 'Makes an agent available or pauses them; oneself, or by a supervisor',
  params: byId,
  body: z.strictObject({
    state: z.enum(['available', 'paused']),
    reason: line(100).optional(),
    open: z.enum(['keep', 'release']).default('keep').meta({
      description: 'What becomes of conversations that a paused agent holds; supervisors only.',
    }),
  }),
  response: agentShape,
  errors: ['NOT_FOUND', 'AGENT_NOT_LOGGED_IN', 'FORBIDDEN'],
  access: 'agent',
});

export const setAgentCall = endpoint({
  id: 'setAgentCall',
  method: 'put',
  path: '/agents/{id}/call',
  summary: 'Says whether an agent is on a call; oneself, or by a supervisor',
  params: byId,
  body: z.strictObject({ onCall: z.boolean() }),
  response: agentShape,
  errors: ['NOT_FOUND'],
  access: 'agent',
});

export const logOffAgent = endpoint({
  id: 'logOffAgent',
  method: 'delete',
  path: '/agents/{id}/sessions',
  summary: 'Ends all sign-ins of an agent',
  params: byId,
  query: openQuery.extend({
    reason: line(100).optional().meta({ description: 'For the audit.' }),
  }),
  errors: ['NOT_FOUND', 'OPEN_CONVERSATIONS', 'LOGOUT_REFUSED'],
  access: 'supervisor',
});

export const agentsEndpoints = [
  listAgents,
  createAgent,
  getAgent,
  editAgent,
  archiveAgent,
  setAgentState,
  setAgentCall,
  logOffAgent,
];
