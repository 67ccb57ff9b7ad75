import { Router } from 'express';
import * as contract from '../../contracts/http/queues';
import { namePosition } from '../../contracts/shapes';
import { archiveQueue, clearArchivedQueues } from '../../db/queues/archive-queue';
import { emptyQueue } from '../../db/routing/empty-queue';
import * as queues from '../../db/queues/queues';
import { pageOfRows, positionOf } from '../cursor';
import type { ApiDeps } from '../deps';
import { serve } from '../serve';

/** Queues and their members. */
export function queueRoutes(deps: ApiDeps): Router {
  const { db, afterCommit } = deps;
  const router = Router();

  serve(router, contract.listQueues, async ({ query }) => {
    const page = { limit: query.limit + 1, after: positionOf(namePosition, query.after) };
    const rows = await queues.listQueues(db, query.archived === 'true', page);
    return pageOfRows(rows, query.limit, {
      item: (row) => row,
      position: (row) => [row.name, row.id],
    });
  });

  serve(router, contract.createQueue, async ({ body, actor, key }) => {
    const { effects } = await queues.createQueue(db, actor, key, body);
    afterCommit.start(effects);
    return queues.readQueue(db, key);
  });

  serve(router, contract.getQueue, ({ params }) => queues.readQueue(db, params.id));

  serve(router, contract.editQueue, async ({ params, body, actor }) => {
    const { ifVersion, ...fields } = body;
    const { effects } = await queues.editQueue(db, actor, params.id, fields, ifVersion);
    afterCommit.start(effects);
    return queues.readQueue(db, params.id);
  });

  serve(router, contract.archiveQueue, async ({ params, body, actor }) => {
    const { effects } = await archiveQueue(db, actor, params.id, body.heirId);
    afterCommit.start(effects);
    for (const more of await clearArchivedQueues(db)) afterCommit.start(more);
    return queues.readQueue(db, params.id);
  });

  serve(router, contract.emptyQueue, async ({ params, body, actor, key }) => {
    const { to, reason = null } = body;
    const transfers = 'queueId' in to;
    const wish = {
      ...{ id: key, queueId: params.id, reason },
      toQueueId: transfers ? to.queueId : null,
      text: transfers ? null : (to.text ?? null),
    };
    const commands = await emptyQueue(db, actor, wish, (effects) => afterCommit.start(effects));
    return { commands };
  });

  serve(router, contract.putMember, async ({ params, body, actor }) => {
    const member = { queueId: params.id, agentId: params.agentId, ...body };
    const { effects } = await queues.putMember(db, actor, member);
    afterCommit.start(effects);
    return queues.readQueue(db, params.id);
  });

  serve(router, contract.removeMember, async ({ params, actor }) => {
    const { effects } = await queues.removeMember(db, actor, params.id, params.agentId);
    afterCommit.start(effects);
    return queues.readQueue(db, params.id);
  });

  return router;
}
