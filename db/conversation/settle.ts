/** Chooses among a decision's alternatives by what the locked rows say. */
import type { Change, Decision, Event } from '../../core/conversation/decide';
import type { ErrorCode } from '../../core/errors';
import { allowed, type WindowMode } from '../../core/windows/window';
import { canSpeak } from './assistant-message';
import type { Tx } from '../client';
import type { ConversationRow } from './conversation-row';
import { climb } from '../routing/climb-ladder';
import { isLoggedIn, type LockedAgent } from '../agents/locked-agent';
import { queueOf, type QueueOf } from '../routing/queue-of';

export interface Settled {
  readonly outcome: 'applied' | ErrorCode;
  readonly change: Change;
  readonly events: readonly Event[];
  /** The queue that holds after the change. */
  readonly queue: QueueOf;
}

export async function settle(
  tx: Tx,
  row: ConversationRow,
  decision: Decision,
  agents: Map<string, LockedAgent>,
): Promise<Settled> {
  const { outcome, change, events } = decision;
  const plain: Settled = { outcome, change, events, queue: row };
  if (outcome !== 'applied') return plain;
  if (decision.settle?.kind === 'hop') {
    return { outcome, ...(await climb(tx, row, decision.settle.afterMs, decision)) };
  }
  if (change.queueId) {
    const queue = await queueOf(tx, change.queueId);
    return queue ? { ...plain, queue } : { ...plain, outcome: 'NOT_FOUND' };
  }
  const open = decision.settle;
  switch (open?.kind) {
    case 'mustBeLoggedIn': {
      const agent = agents.get(open.agentId);
      return agent && isLoggedIn(agent) ? plain : { ...plain, outcome: 'AGENT_NOT_LOGGED_IN' };
    }
    case 'stillAbsent': {
      const agent = agents.get(open.agentId);
      const paused = agent?.state === 'paused' ? agent.state_since : null;
      const away = [agent?.absent_since, paused].some((since) => since?.getTime() === open.since);
      return away ? plain : { ...plain, outcome: 'ILLEGAL_TRANSITION' };
    }
    case 'returnTo': {
      const agent = agents.get(open.agentId);
      if (!agent || !isLoggedIn(agent)) return { ...plain, events: [...events, inLineAgain()] };
      const kept: Change = {
        ...change,
        placement: 'assigned',
        ownerId: agent.id,
        queuedSince: null,
        front: false,
      };
      return { ...plain, change: kept };
    }
    case 'surveyIfWindowOpen': {
      const mode = (row.window_mode ?? 'none') as WindowMode;
      const may = allowed(mode, row.window_expires_at?.getTime() ?? null, row.now.getTime());
      if (may !== 'free' || !(await canSpeak(tx, row))) return plain;
      return {
        ...plain,
        change: { ...change, survey: 'running' },
        events: [...events, { kind: 'surveyStarted', data: {} }],
      };
    }
    default:
      return plain;
  }
}

const inLineAgain = (): Event => ({ kind: 'returnedToLine', data: { cause: 'agent absent' } });
