/** The table once more, said independently of the code under test: what may be done, and the status that follows. */
import type { CommandName, Placement, Status } from '../../core/conversation/types';

export interface Known {
  readonly id: string;
  readonly identity_id: string;
  readonly channel_kind: string;
  readonly status: Status;
  readonly placement: Placement | null;
  readonly survey: string;
  readonly owner_id: string | null;
  readonly last_in_seq: number;
  readonly last_seq: number;
  readonly expired: boolean;
  /** Whether something is still to be decided: then what follows is not foretold. */
  readonly busy: boolean;
}

export interface Somebody {
  readonly id: string;
  readonly in: boolean;
}

/** What a transfer to a queue depends on. */
export interface Line {
  readonly archived: boolean;
  readonly members: number;
}

const PEOPLES_STATUS: Readonly<Partial<Record<CommandName, Status>>> = {
  solve: 'solved',
  close: 'closed',
  closeWaiting: 'closed',
  surveySkipped: 'closed',
  surveyAnswered: 'closed',
  setWaiting: 'waiting',
  resume: 'open',
  transferToQueue: 'open',
  transferToAgent: 'open',
  assignTo: 'open',
};

/** The status once the command is decided; null where it stays. */
export const statusAfter = (name: CommandName): Status | null => PEOPLES_STATUS[name] ?? null;

const isLive = (c: Known): boolean => c.status === 'open' || c.status === 'waiting';
const isSurveyed = (c: Known): boolean => c.status === 'solved' && c.survey === 'running';

export interface Wanted {
  readonly name: CommandName;
  readonly by: 'agent' | 'supervisor' | 'system' | 'customer';
  readonly giver: string | null;
  readonly behind: boolean;
  readonly target?: Somebody | undefined;
  readonly queue?: Line | undefined;
}

export function mayCommand(c: Known, wanted: Wanted): boolean {
  const { name, by, giver, behind, target, queue } = wanted;
  const leads = by === 'supervisor' || (by === 'agent' && isAssignee(c, giver));
  const unseen = behind && c.last_in_seq > 0 && (by === 'agent' || by === 'supervisor');
  switch (name) {
    case 'solve':
      if (by === 'customer') return isLive(c) && c.channel_kind === 'live-chat';
      return isLive(c) && leads && !unseen;
    case 'close':
      return c.status !== 'closed' && ((leads && !unseen) || by === 'system');
    case 'setWaiting':
      return c.status === 'open' && c.placement === 'assigned' && leads && !unseen;
    case 'resume':
      return c.status === 'waiting' && leads;
    case 'transferToQueue':
      return (
        isLive(c) && (leads || by === 'system') && queue?.archived === false && queue.members > 0
      );
    case 'transferToAgent':
    case 'assignTo': {
      const holds = c.placement === 'assigned' && c.owner_id === target?.id;
      const may = name === 'assignTo' ? by === 'supervisor' : leads;
      return isLive(c) && may && !holds && target?.in === true;
    }
    case 'release':
      return isLive(c) && c.placement === 'assigned' && (by === 'supervisor' || by === 'system');
    case 'surveyAnswered':
      return isSurveyed(c) && by === 'customer';
    case 'surveySkipped':
      return isSurveyed(c) && (by === 'customer' || by === 'system');
    case 'closeWaiting':
      return c.status === 'open' && c.placement === 'queued' && by === 'system';
    case 'customerMessage':
    case 'surveyUnsendable':
      throw new Error(`${name} is not given here`);
  }
}

const isAssignee = (c: Known, agent: string | null): boolean =>
  c.placement === 'assigned' && c.owner_id !== null && c.owner_id === agent;

export const mayAccept = (c: Known, agent: Somebody): boolean =>
  mayReject(c, agent) && !c.expired && agent.in;
export const mayReject = (c: Known, agent: Somebody): boolean =>
  c.status === 'open' && c.placement === 'offered' && c.owner_id === agent.id;
export const mayTake = (c: Known, agent: Somebody): boolean =>
  c.status === 'open' && c.placement === 'queued' && agent.in;
export const mayReply = (c: Known, agent: Somebody): boolean =>
  isLive(c) && isAssignee(c, agent.id);

/** A live-chat message during a survey says `new`, or it is a rating that says `answer`. */
export const mayWrite = (c: Known | undefined, during: string | null, rating: boolean): boolean =>
  !c ||
  c.channel_kind !== 'live-chat' ||
  !isSurveyed(c) ||
  during === 'new' ||
  (during === 'answer' && rating);

/** The status of the conversation that the message is in, once it is decided. */
export const statusAfterWriting = (
  c: Known | undefined,
  during: string | null,
  rating: boolean,
): Status => {
  const rates = rating && (c?.channel_kind !== 'live-chat' || during === 'answer');
  return c && isSurveyed(c) && rates ? 'closed' : 'open';
};
