import { Router } from 'express';
import * as contract from '../../contracts/http/agents';
import { namePosition } from '../../contracts/shapes';
import { AppError } from '../../core/errors';
import * as agents from '../../db/agents/agents';
import { endSessions, setAgentState } from '../../db/agents/presence';
import { hashPassword } from '../../platform/passwords';
import { pageOfRows, positionOf } from '../cursor';
import type { ApiDeps } from '../deps';
import type { Actor } from '../request-context';
import { serve } from '../serve';

/** Agents do this for themselves; supervisors for anybody. */
function selfOrSupervisor(actor: Actor, id: string): void {
  if (actor.id !== id && actor.role === 'agent') {
    throw new AppError('FORBIDDEN', { need: 'supervisor' });
  }
}

/** Agents: who they are, what they answer, and whether they are there. */
export function agentRoutes(deps: ApiDeps): Router {
  const { db, afterCommit } = deps;
  const router = Router();

  serve(router, contract.listAgents, async ({ query }) => {
    const { limit, after, archived, ...filter } = query;
    const rows = await agents.listAgents(
      db,
      { ...filter, archived: archived === 'true' },
      { limit: limit + 1, after: positionOf(namePosition, after) },
    );
    return pageOfRows(rows, limit, { item: (row) => row, position: (row) => [row.name, row.id] });
  });

  serve(router, contract.createAgent, async ({ body, actor, key }) => {
    const { password, ...fields } = body;
    const passwordHash = await hashPassword(password);
    const { effects } = await agents.createAgent(db, actor, key, { ...fields, passwordHash });
    afterCommit.start(effects);
    return agents.readAgent(db, key);
  });

  serve(router, contract.getAgent, ({ params }) => agents.readAgent(db, params.id));

  serve(router, contract.editAgent, async ({ params, body, actor }) => {
    const { password, ...fields } = body;
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const changes = { ...fields, passwordHash };
    const { effects } = await agents.editAgent(db, actor, params.id, changes, actor.sessionId);
    afterCommit.start(effects);
    return agents.readAgent(db, params.id);
  });

  serve(router, contract.archiveAgent, async ({ params, query, actor }) => {
    const { effects } = await agents.archiveAgent(db, actor, params.id, query.open);
    afterCommit.start(effects);
  });

  serve(router, contract.setAgentState, async ({ params, body, actor }) => {
    selfOrSupervisor(actor, params.id);
    const { state, reason = null, open } = body;
    if (open === 'release' && actor.role === 'agent') {
      throw new AppError('FORBIDDEN', { need: 'supervisor' });
    }
    // One's own pause is an agent's everyday act, and no administrator's.
    const own = actor.role === 'agent' || (actor.id === params.id && open === 'keep');
    const supervised = own ? null : { by: actor, open };
    const { effects } = await setAgentState(db, params.id, state, reason, supervised);
    afterCommit.start(effects);
    return agents.readAgent(db, params.id);
  });

  serve(router, contract.setAgentCall, async ({ params, body, actor }) => {
    selfOrSupervisor(actor, params.id);
    const { effects } = await agents.setOnCall(db, params.id, body.onCall);
    afterCommit.start(effects);
    return agents.readAgent(db, params.id);
  });

  serve(router, contract.logOffAgent, async ({ params, query, actor }) => {
    const by = actor.id === params.id ? undefined : actor;
    const { effects } = await endSessions(db, params.id, { ...query, by });
    afterCommit.start(effects);
  });

  return router;
}
