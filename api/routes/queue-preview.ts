import { Router } from 'express';
import * as contract from '../../contracts/http/queue-preview';
import { AppError } from '../../core/errors';
import { causeInWords } from '../../core/routing/explain';
import type { StayReason } from '../../core/routing/preview';
import { queuesOf } from '../../db/access';
import { previewQueue } from '../../db/routing/preview-queue';
import type { ApiDeps } from '../deps';
import { serve } from '../serve';

/** Conversations that one answer tells one by one. */
const TOLD = 50;

/** What an edit of a queue would do. */
export function queuePreviewRoutes({ db }: ApiDeps): Router {
  const router = Router();

  serve(router, contract.previewQueue, async ({ params, body, actor }) => {
    const scope = await queuesOf(db, actor);
    // Its line is not for everybody's eyes.
    if (scope && !scope.has(params.id)) throw new AppError('NOT_FOUND');
    const { ifVersion, ...fields } = body;
    const { line, delivery, ...preview } = await previewQueue(db, params.id, fields);
    const { version } = preview;
    if (ifVersion !== undefined && ifVersion !== version)
      throw new AppError('CONFLICT', { version });
    const given = line.filter(({ agentId }) => agentId !== null).length;
    return {
      ...preview,
      waiting: line.length,
      offers: delivery === 'offer' ? given : 0,
      assignments: delivery === 'offer' ? 0 : given,
      stays: reasonsOf(line),
      moved: line.filter(({ position, then }) => position !== then).length,
      line: line.slice(0, TOLD).map(({ id, ...rest }) => ({ conversationId: id, ...rest })),
    };
  });

  return router;
}

/** The most frequent first. */
function reasonsOf(
  line: readonly { readonly reason: StayReason | null }[],
): { reason: StayReason; count: number; said: string }[] {
  const counts = new Map<StayReason, number>();
  for (const { reason } of line) if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => ({ reason, count, said: causeInWords(reason) }));
}
