import { Router } from 'express';
import * as contract from '../../contracts/http/commands';
import type { CommandArgs } from '../../core/conversation/types';
import { AppError } from '../../core/errors';
import { conversationFor, usedKeyBefore } from '../../db/access';
import { accept, reject } from '../../db/routing/answer-offer';
import { takeConversation } from '../../db/routing/claim';
import type { Effects } from '../../db/effects';
import { readCommand } from '../../db/conversation/commands';
import { giveCommand } from '../../db/conversation/give-command';
import { transferWarnings } from '../../db/routing/transfer-targets';
import { awaitOutcome } from '../await-outcome';
import type { ApiDeps } from '../deps';
import type { Actor } from '../request-context';
import { serve } from '../serve';

/** What agents and supervisors want done to a conversation: commands, which its workflow decides, and claims. */
export function commandRoutes(deps: ApiDeps): Router {
  const { db, afterCommit } = deps;
  const router = Router();

  // A repeat gets the first outcome even where the conversation has gone out of sight by it.
  async function mustSee(actor: Actor, id: string, key: string): Promise<void> {
    if (await usedKeyBefore(db, id, actor.id, key)) return;
    await conversationFor(db, actor, id, 'see');
  }

  serve(router, contract.giveCommand, async ({ params, body, actor, key, res }) => {
    const { id } = params;
    await mustSee(actor, id, key);
    const { value, effects } = await giveCommand(db, {
      conversationId: id,
      name: body.name,
      args: argsOf(body),
      giver: { kind: actor.role === 'agent' ? 'agent' : 'supervisor', id: actor.id },
      key,
      afterSeq: body.afterSeq,
    });
    afterCommit.start(effects);
    const { number } = value;
    const outcome = value.outcome ?? (await awaitOutcome(deps, id, number));
    if (outcome !== null && outcome !== 'applied') throw new AppError(outcome, { number });
    if (outcome === null) res.status(202);
    const warnings =
      body.name === 'transferToQueue' ? await transferWarnings(db, body.args.queueId) : [];
    return { conversationId: id, number, outcome, ...(warnings.length > 0 ? { warnings } : {}) };
  });

  serve(router, contract.getCommand, async ({ params, actor }) => {
    const command = await readCommand(db, params.id, params.number);
    // Its giver may always ask what became of it.
    if (command?.giverId !== actor.id) await conversationFor(db, actor, params.id, 'see');
    if (!command) throw new AppError('NOT_FOUND');
    return command;
  });

  type Claim = (
    database: typeof db,
    conversationId: string,
    agentId: string,
    key: string,
  ) => Promise<{ effects: Effects }>;

  async function claim(make: Claim, id: string, actor: Actor, key: string): Promise<void> {
    await mustSee(actor, id, key);
    const { effects } = await make(db, id, actor.id, key);
    afterCommit.start(effects);
  }

  serve(router, contract.acceptOffer, async ({ params, actor, key }) => {
    await claim(accept, params.id, actor, key);
    return { conversationId: params.id, claim: 'accept' as const };
  });

  serve(router, contract.rejectOffer, async ({ params, actor, key }) => {
    await claim(reject, params.id, actor, key);
    return { conversationId: params.id, claim: 'reject' as const };
  });

  serve(router, contract.takeConversation, async ({ params, actor, key }) => {
    await claim(takeConversation, params.id, actor, key);
    return { conversationId: params.id, claim: 'take' as const };
  });

  return router;
}

/** No conversation waits longer. */
const LONGEST_WAIT_MS = 366 * 24 * 3_600_000;

/**
 * Instants travel as text and are stored as milliseconds.
 * @throws AppError INVALID_REQUEST for a wait of more than a year
 */
function argsOf(body: contract.CommandBody): CommandArgs {
  if (body.name !== 'setWaiting') return body.args;
  if (body.args.until === undefined) return {};
  const until = Date.parse(body.args.until);
  if (until - Date.now() > LONGEST_WAIT_MS) {
    const problem = 'must not lie more than a year ahead';
    throw new AppError('INVALID_REQUEST', { fields: [{ path: 'args.until', problem }] });
  }
  return { until };
}
