import type { Answer } from '../api/client';

type Queue = Answer<'listTransferQueues'>['items'][number];
type Agent = Answer<'listTransferAgents'>['items'][number];

export interface Target {
  readonly id: string;
  readonly name: string;
  /** What speaks against it: a word of `acts.transfer.warnings`. */
  readonly warning:
    | 'noMembers'
    | 'closed'
    | 'nobodyIn'
    | 'nobodyAvailable'
    | 'notIn'
    | 'paused'
    | 'onCall'
    | 'full'
    | null;
  /** The API would refuse it. */
  readonly refused: boolean;
  readonly facts:
    | {
        readonly of: 'queue';
        readonly open: boolean;
        readonly available: number;
        readonly members: number;
      }
    | { readonly of: 'agent'; readonly state: string; readonly workload: number };
}

/** A queue, and what whoever sends something there should know. */
export function queueTarget(queue: Queue): Target {
  const { id, name, open, members, loggedIn, available } = queue;
  const warning =
    members === 0
      ? 'noMembers'
      : !open
        ? 'closed'
        : loggedIn === 0
          ? 'nobodyIn'
          : available === 0
            ? 'nobodyAvailable'
            : null;
  return {
    id,
    name,
    warning,
    refused: members === 0,
    facts: { of: 'queue', open, available, members },
  };
}

/** An agent, and what whoever sends them something should know. */
export function agentTarget(agent: Agent): Target {
  const { id, name, state, loggedIn, onCall, workload } = agent;
  const warning = !loggedIn
    ? 'notIn'
    : state === 'paused'
      ? 'paused'
      : onCall
        ? 'onCall'
        : workload >= 100
          ? 'full'
          : null;
  const shown = loggedIn ? state : 'logged_off';
  return { id, name, warning, refused: !loggedIn, facts: { of: 'agent', state: shown, workload } };
}
