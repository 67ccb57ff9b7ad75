import { z } from 'zod';
import { agentShape } from '../agent';
import { endpoint } from '../endpoint';
import { instant, line, pageOf, pageQuery, uuid } from '../shapes';

const count = z.int().min(0);
const search = line(100).optional().meta({ description: 'Part of the name.' });

export const listTransferQueues = endpoint({
  id: 'listTransferQueues',
  method: 'get',
  path: '/transfer-targets/queues',
  summary: 'Lists the queues that a conversation may be transferred to, by name, with who is there',
  description:
    'A transfer to a queue without members is refused; one to a closed queue waits there until it opens.',
  query: pageQuery.extend({ search }),
  response: pageOf(
    z
      .object({
        id: uuid,
        name: z.string(),
        open: z.boolean(),
        nextChangeAt: instant.nullable().meta({ description: 'When it next opens or closes.' }),
        members: count,
        loggedIn: count.meta({ description: 'Members who are logged in.' }),
        available: count.meta({ description: 'Those of them who are available.' }),
      })
      .meta({ id: 'TransferQueue' }),
  ),
  errors: [],
  access: 'agent',
});

export const listTransferAgents = endpoint({
  id: 'listTransferAgents',
  method: 'get',
  path: '/transfer-targets/agents',
  summary: 'Lists the agents that a conversation may be transferred to, by name, with their load',
  description: 'A transfer to somebody who is not logged in is refused.',
  query: pageQuery.extend({ search, queueId: uuid.optional() }),
  response: pageOf(
    z
      .object({
        id: uuid,
        name: z.string(),
        state: agentShape.shape.state,
        stateSince: instant,
        loggedIn: z.boolean().meta({ description: 'And heard of within the last minute.' }),
        onCall: z.boolean(),
        workload: count.meta({ description: 'Percent of the agent’s units; may exceed 100.' }),
        queueIds: z.array(uuid),
      })
      .meta({ id: 'TransferAgent' }),
  ),
  errors: [],
  access: 'agent',
});

export const transferTargetsEndpoints = [listTransferQueues, listTransferAgents];
