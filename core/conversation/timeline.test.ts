import { tellEvent, tellRefusal } from './timeline';

const names = { agent: (id: string) => `Agent ${id}`, queue: (id: string) => `Queue ${id}` };
const tell = (kind: string, data: object = {}, actorKind = 'system', actorId?: string): string =>
  tellEvent(
    { kind, data: data as Record<string, unknown>, actorKind, actorId: actorId ?? null },
    names,
  );

describe('the timeline in plain words', () => {
  it.each([
    [tell('started', { queueId: 'S' }), 'Started, in the line of Queue S.'],
    [tell('offered', { agentId: 'A' }), 'Offered to Agent A.'],
    [tell('assignedAutomatically', { agentId: 'A' }), 'Given to Agent A.'],
    [tell('offerAccepted', { agentId: 'A' }), 'Agent A accepted the offer.'],
    [
      tell('offerWithdrawn', { agentId: 'A', cause: 'paused' }),
      'The offer to Agent A was taken back (paused).',
    ],
    [
      tell('assignedBySupervisor', { agentId: 'A' }, 'supervisor', 'S'),
      'Assigned to Agent A by Agent S.',
    ],
    [
      tell('transferredToQueue', { from: 'S', to: 'T' }, 'agent', 'A'),
      'Transferred from Queue S to Queue T by Agent A.',
    ],
    [
      tell('movedToHeir', { fromQueueId: 'S', queueId: 'T' }),
      'Moved from Queue S, which was archived, to Queue T.',
    ],
    [
      tell('released', { agentId: 'A', cause: 'no response' }, 'timer'),
      'Taken from Agent A by a timer and put first in line (no response).',
    ],
    [tell('statusChanged', { from: 'open', to: 'solved' }, 'agent', 'A'), 'Solved, by Agent A.'],
    [
      tell('statusChanged', { from: 'open', to: 'waiting' }, 'operator'),
      'Waits for the customer, by an operator (a signal sent by hand).',
    ],
    [tell('surveyAnswered', { rating: 9 }, 'customer'), 'The customer rated it 9 of 10.'],
    [tell('closed', { by: 'survey', cause: null }), 'Closed by the answer to the survey.'],
    [
      tell('closed', { by: 'timer', cause: 'confirmed by silence' }),
      'Closed by a timer (confirmed by silence).',
    ],
    [
      tell('signalRefused', { name: 'solve', code: 'CONVERSATION_CLOSED' }, 'operator'),
      'The signal solve, sent by hand, was refused: The conversation is closed. (CONVERSATION_CLOSED)',
    ],
    [tell('subjectChanged', { subject: 'x' }, 'agent', 'A'), 'Agent A changed the subject.'],
    [
      tell('priorityChanged', { from: 0, to: 7 }, 'supervisor', 'S'),
      'Agent S changed its priority from 0 to 7.',
    ],
    [tell('comet', {}, 'system'), '"comet" by the system.'],
  ])('%s', (said, expected) => expect(said).toBe(expected));

  it('says why a command was refused', () =>
    expect(
      tellRefusal({ name: 'transferToAgent', giverKind: 'agent', outcome: 'AGENT_NOT_LOGGED_IN' }),
    ).toBe(
      'The command transferToAgent of its agent was refused: The agent is not logged in. (AGENT_NOT_LOGGED_IN)',
    ));

  it('never repeats a subject, which is text of a person', () =>
    expect(tell('subjectChanged', { subject: 'secret' }, 'agent', 'A')).not.toContain('secret'));
});
