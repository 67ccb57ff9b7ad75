import { Router } from 'express';
import { messageOfVisitor } from '../../channels/inbound';
import * as contract from '../../contracts/http/visitor';
import type { CommandArgs, CommandName } from '../../core/conversation/types';
import { AppError } from '../../core/errors';
import { giveCommand } from '../../db/conversation/give-command';
import * as visitors from '../../db/messages/visitor';
import { RateLimit } from '../../platform/rate-limit';
import { awaitOutcome } from '../await-outcome';
import type { ApiDeps } from '../deps';
import { serve, type Call } from '../serve';
import { takeInbound } from '../take-inbound';
import { transcript } from '../transcript';
import { identityOf, onlyVisitors, visitorOf, visitorScope } from '../visitor-of-request';

/** Nobody types faster, and the same browser that repeats itself gets its answer a little later. */
const MESSAGES = { max: 40, windowMs: 10_000 };

/** What a live chat's visitor reads, writes and decides. */
export function visitorRoutes(deps: ApiDeps): Router {
  const { db, afterCommit } = deps;
  const router = Router();
  const options = { before: [onlyVisitors(deps)], scope: visitorScope };
  const messages = new RateLimit(MESSAGES);

  serve(
    router,
    contract.sendVisitorMessage,
    async ({ body, req, res }) => {
      const { channel, visitor, identity } = visitorOf(req);
      if (!channel.enabled) throw new AppError('CHANNEL_DISABLED');
      if (!messages.take(visitorScope(req))) throw new AppError('RATE_LIMITED');
      const received = await takeInbound(deps, channel, messageOfVisitor(visitor, body), identity);
      if (received.duplicate) res.status(200);
      return received;
    },
    options,
  );

  serve(
    router,
    contract.getVisitorConversation,
    async ({ req }) => {
      const { identity } = visitorOf(req);
      const id = identity && (await visitors.currentConversation(db, identity.id));
      const snapshot = identity && id ? await visitors.readSnapshot(db, identity.id, id) : null;
      return snapshot ?? { conversation: null, messages: [] };
    },
    options,
  );

  serve(
    router,
    contract.listVisitorHistory,
    async ({ query, req }) => {
      const { identity } = visitorOf(req);
      if (!identity) return { items: [], next: null };
      return visitors.readHistory(db, identity.id, query.before ?? null);
    },
    options,
  );

  serve(
    router,
    contract.listVisitorMessages,
    async ({ query: { conversationId, afterSeq, limit }, req }) => {
      const { id } = identityOf(visitorOf(req));
      return visitors.readMessagesAfter(db, id, conversationId, afterSeq, limit);
    },
    options,
  );

  serve(
    router,
    contract.markSeenByVisitor,
    async ({ body, req }) => {
      const { id } = identityOf(visitorOf(req));
      const seen = await visitors.markSeenByCustomer(db, id, body.conversationId, body.seq);
      afterCommit.start(seen.effects);
    },
    options,
  );

  interface Wanted {
    readonly conversationId: string;
    readonly name: CommandName;
    readonly args: CommandArgs;
    readonly comment?: string | undefined;
  }

  async function command(
    { req, res, key }: Pick<Call<unknown, unknown, unknown, 'visitor'>, 'req' | 'res' | 'key'>,
    wanted: Wanted,
  ) {
    const { conversationId } = wanted;
    const { id } = identityOf(visitorOf(req));
    if (!(await visitors.isOfVisitor(db, id, conversationId))) throw new AppError('NOT_FOUND');
    const giver = { kind: 'customer' as const };
    const { value, effects } = await giveCommand(db, { ...wanted, giver, key });
    afterCommit.start(effects);
    const { number } = value;
    const outcome = value.outcome ?? (await awaitOutcome(deps, conversationId, number));
    if (outcome !== null && outcome !== 'applied') throw new AppError(outcome, { number });
    if (outcome === null) res.status(202);
    return { conversationId, number, outcome };
  }

  serve(
    router,
    contract.endVisitorConversation,
    (call) => command(call, { conversationId: call.body.conversationId, name: 'solve', args: {} }),
    options,
  );

  serve(
    router,
    contract.answerVisitorSurvey,
    (call) => {
      const { conversationId } = call.body;
      if ('skip' in call.body)
        return command(call, { conversationId, name: 'surveySkipped', args: {} });
      const { rating, comment } = call.body;
      return command(call, { conversationId, name: 'surveyAnswered', args: { rating }, comment });
    },
    options,
  );

  serve(
    router,
    contract.getVisitorTranscript,
    async ({ query, req, res }) => {
      const { id } = identityOf(visitorOf(req));
      const whole = await visitors.readTranscript(db, id, query.conversationId);
      if (!whole) throw new AppError('NOT_FOUND');
      res.setHeader(
        'Content-Disposition',
        `attachment; filename="conversation-${whole.conversation.number}.txt"`,
      );
      res.type('text/plain').send(transcript(whole));
      return '';
    },
    options,
  );

  return router;
}
