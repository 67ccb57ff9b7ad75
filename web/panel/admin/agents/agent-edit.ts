import type { z } from 'zod';
import { call } from '../../api/client';
import type { Agent } from '../load';

/** What an edit of an agent may hold, and the queues beside it, which have requests of their own. */
export async function agentEdit(): Promise<z.ZodType> {
  const [{ z }, { editAgent }] = await Promise.all([
    import('zod'),
    import('../../../../contracts/http/agents'),
  ]);
  return editAgent.body.extend({ queueIds: z.array(z.uuid()).optional() });
}

/** Saves what the form of an agent has changed. @throws ApiError */
export async function saveAgent(agent: Agent, body: Record<string, unknown>): Promise<void> {
  const { queueIds, ...fields } = body as { queueIds?: string[] };
  const agentId = agent.id;
  if (Object.keys(fields).length > 0) {
    await call('editAgent', { params: { id: agentId }, body: fields });
  }
  if (!queueIds) return;
  for (const id of queueIds.filter((each) => !agent.queueIds.includes(each))) {
    await call('putMember', { params: { id, agentId }, body: {} });
  }
  for (const id of agent.queueIds.filter((each) => !queueIds.includes(each))) {
    await call('removeMember', { params: { id, agentId } });
  }
}
