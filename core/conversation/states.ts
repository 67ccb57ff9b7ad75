/**
 * The state table. The API's pre-check, the claims and the workflow all ask `refusal`; nothing else decides
 * whether something may be done to a conversation.
 */
import type { ErrorCode } from '../errors';
import type {
  ClaimName,
  CommandArgs,
  CommandName,
  ConversationState,
  Giver,
  Placement,
  Status,
} from './types';

/** `assignee` is an agent who holds the conversation. */
type By = 'customer' | 'assignee' | 'supervisor' | 'system' | 'timer';

interface Rule {
  readonly by: readonly By[];
  readonly from: readonly Status[];
  readonly placement?: readonly Placement[];
  /** Only while the survey runs. */
  readonly survey?: true;
  /** The status that follows; `same` where it stays. */
  readonly to: Status | 'same';
}

const LIVE: readonly Status[] = ['open', 'waiting'];
const UNCLOSED: readonly Status[] = ['open', 'waiting', 'solved'];
const ANY: readonly Status[] = ['open', 'waiting', 'solved', 'closed'];

export const COMMAND_RULES: Readonly<Record<CommandName, Rule>> = {
  assignTo: { by: ['supervisor'], from: LIVE, to: 'open' },
  setWaiting: {
    by: ['assignee', 'supervisor'],
    from: ['open'],
    placement: ['assigned'],
    to: 'waiting',
  },
  customerMessage: { by: ['customer', 'system'], from: ANY, to: 'open' },
  resume: { by: ['assignee', 'supervisor', 'timer'], from: ['waiting'], to: 'open' },
  transferToQueue: { by: ['assignee', 'supervisor', 'system'], from: LIVE, to: 'open' },
  transferToAgent: { by: ['assignee', 'supervisor'], from: LIVE, to: 'open' },
  release: {
    by: ['supervisor', 'system', 'timer'],
    from: LIVE,
    placement: ['assigned'],
    to: 'same',
  },
  solve: { by: ['assignee', 'supervisor', 'customer'], from: LIVE, to: 'solved' },
  surveyAnswered: { by: ['customer'], from: ['solved'], survey: true, to: 'closed' },
  surveySkipped: {
    by: ['customer', 'system', 'timer'],
    from: ['solved'],
    survey: true,
    to: 'closed',
  },
  surveyUnsendable: { by: ['system'], from: ['solved'], survey: true, to: 'solved' },
  close: { by: ['assignee', 'supervisor', 'system', 'timer'], from: UNCLOSED, to: 'closed' },
  closeWaiting: { by: ['system', 'timer'], from: ['open'], placement: ['queued'], to: 'closed' },
};

/** Where a claim starts and ends. Who may make it is a matter of locks and sessions, not of state. */
export const CLAIM_RULES: Readonly<
  Record<ClaimName, { readonly from: Placement; readonly to: Placement }>
> = {
  offer: { from: 'queued', to: 'offered' },
  assign: { from: 'queued', to: 'assigned' },
  accept: { from: 'offered', to: 'assigned' },
  reject: { from: 'offered', to: 'queued' },
  take: { from: 'queued', to: 'assigned' },
  lapse: { from: 'offered', to: 'queued' },
  withdraw: { from: 'offered', to: 'queued' },
  takeOver: { from: 'assigned', to: 'assigned' },
  decline: { from: 'assigned', to: 'assigned' },
};

/** What `refusal` needs to know of a conversation. */
export type Standing = Pick<
  ConversationState,
  'status' | 'placement' | 'survey' | 'ownerId' | 'channelKind'
>;

/**
 * Says why a command may not be done, or null where it may.
 * Only live chat lets its customer end the conversation (`solve`).
 */
export function refusal(
  standing: Standing,
  name: CommandName,
  giver: Giver,
  args: CommandArgs = {},
): ErrorCode | null {
  const rule = COMMAND_RULES[name];
  const notBy = mayNotGive(standing, rule, name, giver);
  if (notBy) return notBy;
  if (!rule.from.includes(standing.status)) return stateRefusal(standing);
  if (rule.survey && standing.survey !== 'running') return 'ILLEGAL_TRANSITION';
  if (rule.placement && !(standing.placement && rule.placement.includes(standing.placement))) {
    return 'ILLEGAL_TRANSITION';
  }
  const target = name === 'assignTo' || name === 'transferToAgent';
  if (target && standing.placement === 'assigned' && standing.ownerId === args.agentId) {
    return 'ALREADY_ASSIGNED';
  }
  return null;
}

/** Claims are made on open conversations only. */
export function claimRefusal(standing: Standing, name: ClaimName): ErrorCode | null {
  if (standing.status !== 'open') return stateRefusal(standing);
  if (standing.placement === CLAIM_RULES[name].from) return null;
  return CLAIM_RULES[name].from === 'queued' ? 'ALREADY_TAKEN' : 'OFFER_GONE';
}

function mayNotGive(s: Standing, rule: Rule, name: CommandName, giver: Giver): ErrorCode | null {
  switch (giver.kind) {
    case 'operator':
      return null;
    case 'supervisor':
      // A supervisor who holds the conversation is its assignee.
      if (rule.by.includes('supervisor')) return null;
      return rule.by.includes('assignee') && isAssignee(s, giver) ? null : 'FORBIDDEN';
    case 'agent':
      if (!rule.by.includes('assignee')) return 'FORBIDDEN';
      return isAssignee(s, giver) ? null : 'NOT_ASSIGNEE';
    case 'customer':
      if (name === 'solve' && s.channelKind !== 'live-chat') return 'FORBIDDEN';
      return rule.by.includes('customer') ? null : 'FORBIDDEN';
    case 'system':
    case 'timer':
      return rule.by.includes(giver.kind) ? null : 'FORBIDDEN';
  }
}

function isAssignee(s: Standing, giver: Giver): boolean {
  return s.placement === 'assigned' && s.ownerId !== null && s.ownerId === giver.id;
}

/** The code that names the state which stands in the way. */
export function stateRefusal(s: Pick<Standing, 'status' | 'survey'>): ErrorCode {
  if (s.status === 'closed') return 'CONVERSATION_CLOSED';
  if (s.status !== 'solved') return 'ILLEGAL_TRANSITION';
  return s.survey === 'running' ? 'CONVERSATION_IN_SURVEY' : 'CONVERSATION_SOLVED';
}
