/**
 * What follows from a command or a passed deadline. Pure: it sees the stored row and returns what is to be
 * written. Where only the locked row can tell (is that agent logged in, is the window still open, is there a
 * live conversation), it says what to settle and the projection chooses.
 */
import type { ErrorCode } from '../errors';
import { WAITED_TOO_LONG, type Hop } from '../routing/ladder';
import { refusal } from './states';
import type {
  Command,
  CommandName,
  ConversationState,
  DeadlineName,
  Giver,
  Placement,
  Status,
  SurveyState,
} from './types';

/** What is being decided: a stored command, or a deadline that has passed. */
export type Item =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'deadline'; readonly name: DeadlineName };

/** A left-out field stays as it is. */
export interface Change {
  readonly status?: Status;
  readonly placement?: Placement | null;
  readonly ownerId?: string | null;
  readonly queueId?: string;
  readonly survey?: SurveyState;
  /** `now` for a new wait, `keep` for what comes back (`now` where it never waited). */
  readonly queuedSince?: 'now' | 'keep' | null;
  readonly front?: boolean;
  /** Of a place in line that is kept: a step further up the ladder, skills only wished for, a window about to close. */
  readonly ladderStep?: number;
  readonly relaxed?: true;
  readonly urgent?: true;
  /** Kept for no agent any more. */
  readonly unkept?: true;
  /** Supervisors are told that it waits long. */
  readonly alerted?: true;
  readonly clearExcluded?: true;
  /** Offered to this agent by its own; null = to nobody. */
  readonly transferToId?: string | null;
  /** Instant (ms) given by a person; null = the policy's waiting time. */
  readonly snoozeUntil?: number | null;
  readonly closedBy?: string | null;
  /** The greyed row in an agent's list: `owner` keeps it there, null removes it. */
  readonly listed?: 'owner' | null;
}

export type Settle =
  /** To this agent if logged in, else first in line. */
  | { readonly kind: 'returnTo'; readonly agentId: string }
  /** Refused with AGENT_NOT_LOGGED_IN unless the agent is logged in. */
  | { readonly kind: 'mustBeLoggedIn'; readonly agentId: string }
  /** Refused where the agent whose absence or pause (since this instant, ms) the release names has come back. */
  | { readonly kind: 'stillAbsent'; readonly agentId: string; readonly since: number }
  /** A survey only while the channel's window lets us ask. */
  | { readonly kind: 'surveyIfWindowOpen' }
  /** Messages above the close's afterSeq go to the live or a new conversation. */
  | { readonly kind: 'moveMessages' }
  /**
   * A step of the ladder, at this open time in line (ms). Not yet where the queue was closed meanwhile; passed over where
   * the queue that it should flow over to has no place for it.
   */
  | { readonly kind: 'hop'; readonly afterMs: number }
  /** The offer is taken back, as by any other lapse. */
  | { readonly kind: 'lapse' };

export interface Event {
  readonly kind: string;
  readonly data: Readonly<Record<string, string | number | null>>;
}

export interface Decision {
  readonly item: Item;
  /** `applied`, or why not. A deadline is never refused; it may have no effect. */
  readonly outcome: 'applied' | ErrorCode;
  readonly change: Change;
  readonly settle: Settle | null;
  readonly events: readonly Event[];
}

const DEADLINE_COMMAND: Readonly<Partial<Record<DeadlineName, CommandName>>> = {
  snooze: 'resume',
  survey: 'surveySkipped',
  confirm: 'close',
  firstResponse: 'release',
  idle: 'close',
};
/** The cause that the timeline names where a deadline, not a person, did it. */
const DEADLINE_CAUSE: Readonly<Partial<Record<DeadlineName, string>>> = {
  snooze: 'snooze over',
  survey: 'survey expired',
  confirm: 'confirmed by silence',
  firstResponse: 'no response',
  idle: 'idle',
};

/** Decides one item on the stored state. Never throws for anything that a person or a system can send. */
export function decide(s: ConversationState, item: Item, now: number): Decision {
  const nothing: Decision = { item, outcome: 'applied', change: {}, settle: null, events: [] };
  if (item.kind === 'command') {
    const { name, giver, args } = item.command;
    const code = refusal(s, name, giver, args) ?? staleRelease(s, item.command);
    if (code) return { ...nothing, outcome: code };
    return { ...nothing, ...follow(s, item.command, now) };
  }
  if (item.name === 'offer') return { ...nothing, settle: { kind: 'lapse' } };
  if (item.name === 'roundEnd') return { ...nothing, change: { clearExcluded: true } };
  const itself = byItself(s, item.name);
  if (itself) return { ...nothing, ...itself };
  const name = DEADLINE_COMMAND[item.name];
  if (!name || refusal(s, name, { kind: 'timer' })) return nothing;
  const cause = DEADLINE_CAUSE[item.name];
  const command: Command = {
    number: 0,
    name,
    args: cause ? { cause } : {},
    giver: { kind: 'timer' },
    afterSeq: s.lastInSeq,
  };
  return { ...nothing, ...follow(s, command, now) };
}

/** What a deadline does that is no command; null for any other deadline. */
function byItself(s: ConversationState, name: DeadlineName): Follow | null {
  switch (name) {
    case 'transfer':
      return {
        change: { transferToId: null },
        events: [{ kind: 'transferMissed', data: { agentId: s.transferToId } }],
      };
    case 'preferred':
      return { change: { unkept: true }, events: [{ kind: 'keptNoLonger', data: {} }] };
    case 'relax':
      return { change: { relaxed: true }, events: [{ kind: 'skillsRelaxed', data: {} }] };
    case 'urgent':
      return { change: { urgent: true }, events: [{ kind: 'becameUrgent', data: {} }] };
    case 'ladder': {
      const hop = s.policy.ladder[s.place.ladderStep];
      return hop ? climb(s, hop) : {};
    }
    default:
      return null;
  }
}

function climb(s: ConversationState, hop: Hop): Follow {
  const settle: Settle = { kind: 'hop', afterMs: hop.afterMs };
  const ladderStep = s.place.ladderStep + 1;
  switch (hop.do) {
    case 'overflow': {
      const queueId = hop.queueId ?? s.queueId;
      return {
        settle,
        change: { ...toLine('keep', s.place.front), queueId },
        events: [{ kind: 'overflowed', data: { from: s.queueId, to: queueId } }],
      };
    }
    case 'widen':
      return {
        settle,
        change: { ladderStep, relaxed: true },
        events: [{ kind: 'skillsRelaxed', data: {} }],
      };
    case 'notify':
      return {
        settle,
        change: { ladderStep, alerted: true },
        events: [{ kind: 'supervisorsNotified', data: {} }],
      };
    case 'text':
      return { settle, change: { ladderStep } };
    case 'close': {
      const end = closed('timer', 'none', null, undefined, WAITED_TOO_LONG);
      return { ...end, settle, change: { ...end.change, ladderStep } };
    }
  }
}

/** A release names the claim it is about: a conversation that has moved on is left alone. */
function staleRelease(s: ConversationState, { name, args }: Command): ErrorCode | null {
  if (name !== 'release') return null;
  const otherClaim = args.claimNo !== undefined && args.claimNo !== s.claimNo;
  const otherAgent = args.agentId !== undefined && args.agentId !== s.ownerId;
  return otherClaim || otherAgent ? 'ILLEGAL_TRANSITION' : null;
}

type Follow = Partial<Pick<Decision, 'change' | 'settle' | 'events'>>;

function follow(s: ConversationState, command: Command, now: number): Follow {
  const { args, giver } = command;
  const cause = args.cause ?? null;
  switch (command.name) {
    case 'assignTo':
      return toAgent(s, args.agentId ?? '', true);
    case 'transferToAgent':
      return offersFirst(s, giver)
        ? offerTransfer(s, args.agentId ?? '')
        : toAgent(s, args.agentId ?? '', false);
    case 'setWaiting':
      return {
        change: { status: 'waiting', snoozeUntil: args.until ?? null },
        events: [statusChanged(s, 'waiting')],
      };
    case 'resume':
      return { ...returned(s), events: [statusChanged(s, 'open')] };
    case 'customerMessage':
      return customerMessage(s, now);
    case 'transferToQueue':
      return {
        change: { ...toLine('now', false), queueId: args.queueId ?? s.queueId },
        events: [
          { kind: 'transferredToQueue', data: { from: s.queueId, to: args.queueId ?? s.queueId } },
        ],
      };
    case 'release':
      return {
        change: { ...toLine('keep', true), status: s.status },
        settle:
          args.agentId !== undefined && args.absentSince !== undefined
            ? { kind: 'stillAbsent', agentId: args.agentId, since: args.absentSince }
            : null,
        events: [{ kind: 'released', data: { agentId: s.ownerId, cause } }],
      };
    case 'solve':
      return {
        change: {
          status: 'solved',
          survey: 'none',
          ...unlessAssigned(s),
          front: false,
          clearExcluded: true,
        },
        settle: s.policy.survey ? { kind: 'surveyIfWindowOpen' } : null,
        events: [statusChanged(s, 'solved')],
      };
    case 'surveyUnsendable':
      return { change: { survey: 'none' }, events: [{ kind: 'surveyUnsendable', data: {} }] };
    case 'surveyAnswered':
      return closed('survey', 'answered', 'owner', {
        kind: 'surveyAnswered',
        data: { rating: args.rating ?? null },
      });
    case 'surveySkipped':
      return closed('survey', giver.kind === 'timer' ? 'expired' : 'skipped', 'owner');
    case 'close':
      return closed(
        giver.kind,
        s.survey === 'running' ? 'ended' : s.survey,
        // Closed by its agent it leaves the list at once; by anybody else it stays, greyed, until hidden.
        giver.kind === 'agent' ? null : 'owner',
        undefined,
        cause,
      );
    case 'closeWaiting':
      return closed(giver.kind, 'none', null, undefined, cause);
  }
}

/** An agent asks another one; what a supervisor wants is done at once, and so is what no agent holds. */
const offersFirst = (s: ConversationState, giver: Giver): boolean =>
  s.policy.transferMs > 0 && s.placement === 'assigned' && giver.kind === 'agent';

function offerTransfer(s: ConversationState, agentId: string): Follow {
  return {
    change: { status: 'open', snoozeUntil: null, transferToId: agentId },
    settle: { kind: 'mustBeLoggedIn', agentId },
    events: [
      ...(s.status === 'open' ? [] : [statusChanged(s, 'open')]),
      { kind: 'transferOffered', data: { from: s.ownerId, agentId } },
    ],
  };
}

function toAgent(s: ConversationState, agentId: string, bySupervisor: boolean): Follow {
  return {
    change: {
      status: 'open',
      placement: 'assigned',
      ownerId: agentId,
      queuedSince: null,
      front: false,
      clearExcluded: true,
    },
    settle: { kind: 'mustBeLoggedIn', agentId },
    events: [
      {
        kind: bySupervisor ? 'assignedBySupervisor' : 'transferredToAgent',
        data: { from: s.ownerId, agentId },
      },
    ],
  };
}

function customerMessage(s: ConversationState, now: number): Follow {
  if (s.superseded && s.status !== 'closed') {
    return {
      ...closed('customer', s.survey === 'running' ? 'skipped' : s.survey, null),
      settle: { kind: 'moveMessages' },
    };
  }
  if (s.status === 'waiting') return { ...returned(s), events: [statusChanged(s, 'open')] };
  if (s.status === 'solved') {
    const back = returned(s);
    const survey = s.survey === 'running' ? 'ended' : s.survey;
    return { ...back, change: { ...back.change, survey }, events: [statusChanged(s, 'open')] };
  }
  if (s.status === 'closed') {
    const fresh = s.lastInSeq > (s.closedAfterSeq ?? 0);
    const inTime = s.closedAt !== null && now - s.closedAt <= s.policy.reopenMs;
    if (!s.chatLike && fresh && inTime) {
      const back = returned(s);
      const change: Change = { ...back.change, survey: 'none', closedBy: null, listed: null };
      return { ...back, change, events: [statusChanged(s, 'open')] };
    }
    return fresh ? { settle: { kind: 'moveMessages' } } : {};
  }
  return {};
}

/** Open again, with its agent if that agent is there. */
function returned(s: ConversationState): Follow {
  const agentId = s.placement === 'assigned' ? s.ownerId : s.lastAgentId;
  const inLine: Change = { ...toLine('keep', true), status: 'open', snoozeUntil: null };
  // A conversation that was released while it waited has no agent to return to.
  const released = s.status === 'waiting' && s.placement === 'queued';
  if (!agentId || released) return { change: inLine };
  return { change: inLine, settle: { kind: 'returnTo', agentId } };
}

function toLine(queuedSince: 'now' | 'keep', front: boolean): Change {
  return {
    status: 'open',
    placement: 'queued',
    ownerId: null,
    queuedSince,
    front,
    clearExcluded: true,
  };
}

function unlessAssigned(s: ConversationState): Change {
  return s.placement === 'assigned' ? {} : { placement: null, ownerId: null };
}

function closed(
  closedBy: string,
  survey: SurveyState,
  listed: 'owner' | null,
  extra?: Event,
  cause: string | null = null,
): Follow {
  return {
    change: {
      status: 'closed',
      placement: null,
      ownerId: null,
      survey,
      queuedSince: null,
      front: false,
      clearExcluded: true,
      closedBy,
      listed,
    },
    events: [...(extra ? [extra] : []), { kind: 'closed', data: { by: closedBy, cause } }],
  };
}

function statusChanged(s: ConversationState, to: Status): Event {
  return { kind: 'statusChanged', data: { from: s.status, to } };
}
