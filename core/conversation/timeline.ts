/** Says in plain words what happened to a conversation. */
import { ERRORS, isErrorCode } from '../errors';
import type { Names } from '../routing/explain';

/** A line of the timeline, as it is stored. */
export interface TimelineEvent {
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly actorKind: string;
  readonly actorId: string | null;
}

const GIVERS: Readonly<Record<string, string>> = {
  customer: 'the customer',
  system: 'the system',
  timer: 'a timer',
  operator: 'an operator (a signal sent by hand)',
  survey: 'the answer to the survey',
  agent: 'its agent',
  supervisor: 'a supervisor',
};

const STATUSES: Readonly<Record<string, string>> = {
  open: 'Open again',
  waiting: 'Waits for the customer',
  solved: 'Solved',
};

/** One sentence. An event that this version does not know is named as it is stored. */
export function tellEvent(event: TimelineEvent, names: Names): string {
  const { data } = event;
  const text = (field: string): string => {
    const value = data[field];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const agent = names.agent(text('agentId'));
  const actor = actorOf(event, names);
  // Of a signal sent by hand the actor tells already.
  const why = data['cause'] && data['cause'] !== 'signal' ? ` (${text('cause')})` : '';
  switch (event.kind) {
    case 'started':
      return `Started, in the line of ${names.queue(text('queueId'))}.`;
    case 'offered':
      return `Offered to ${agent}.`;
    case 'assignedAutomatically':
      return `Given to ${agent}.`;
    case 'assignedReturning':
      return `Given to ${agent}, who was the last to speak with this customer.`;
    case 'offerAccepted':
      return `${agent} accepted the offer.`;
    case 'offerRejected':
      return `${agent} rejected the offer; it keeps its place in line.`;
    case 'offerMissed':
      return `${agent} did not answer the offer in time; it keeps its place in line.`;
    case 'offerWithdrawn':
      return `The offer to ${agent} was taken back${why}.`;
    case 'taken':
      return `${agent} took it from the line.`;
    case 'assignedBySupervisor':
      return `Assigned to ${agent} by ${actor}.`;
    case 'transferredToAgent':
      return `Transferred to ${agent} by ${actor}.`;
    case 'transferOffered':
      return `${names.agent(text('from'))} offered it to ${agent}, and keeps it until ${agent} accepts.`;
    case 'transferDeclined':
      return `${agent} declined the transfer; it stays where it is.`;
    case 'transferMissed':
      return `${agent} did not answer the transfer in time; it stays where it is.`;
    case 'transferWithdrawn':
      return `The transfer to ${agent} was taken back${why}; it stays where it is.`;
    case 'transferredToQueue':
      return `Transferred from ${names.queue(text('from'))} to ${names.queue(text('to'))} by ${actor}.`;
    case 'overflowed':
      return `Waited long, so it went on from ${names.queue(text('from'))} to ${names.queue(text('to'))}, with its age.`;
    case 'overflowSkipped':
      return `Would have gone on to ${names.queue(text('to'))}, but stayed: ${text('reason')}.`;
    case 'skillsRelaxed':
      return 'Waited long, so agents without the skills that it asks for may get it, too.';
    case 'skillsChanged':
      return `${capital(actor)} changed the skills that it asks for.`;
    case 'becameUrgent':
      return 'The time in which the customer can be answered runs out, so it moved up in line.';
    case 'keptNoLonger':
      return 'It is kept no longer for the agent whom the customer knows.';
    case 'supervisorsNotified':
      return 'Waited long, so the supervisors were told.';
    case 'movedToHeir':
      return `Moved from ${names.queue(text('fromQueueId'))}, which was archived, to ${names.queue(text('queueId'))}.`;
    case 'released':
      return `Taken from ${agent} by ${actor} and put first in line${why}.`;
    case 'returnedToLine':
      return `Back in line${why}.`;
    case 'statusChanged':
      return `${STATUSES[text('to')] ?? text('to')}, by ${actor}.`;
    case 'surveyStarted':
      return 'The customer is asked for a rating.';
    case 'surveyAnswered':
      return `The customer rated it ${text('rating')} of 10.`;
    case 'surveyUnsendable':
      return 'The question for a rating could not be sent.';
    case 'closed':
      return `Closed by ${GIVERS[text('by')] ?? text('by')}${why}.`;
    case 'messagesMoved':
      return `Messages after number ${text('aboveSeq')} were moved to conversation ${text('to')}.`;
    case 'signalRefused':
      return `The signal ${text('name')}, sent by hand, was refused: ${refusalOf(text('code'))}`;
    case 'priorityChanged':
      return `${capital(actor)} changed its priority from ${text('from')} to ${text('to')}.`;
    case 'subjectChanged':
      return `${capital(actor)} changed the subject.`;
    case 'contactLinked':
      return `${capital(actor)} linked it to a contact.`;
    case 'contactUnlinked':
      return `${capital(actor)} unlinked it from its contact.`;
    case 'hidden':
      return `${capital(actor)} took it out of the list of closed ones.`;
    default:
      return `"${event.kind}" by ${actor}.`;
  }
}

/** One sentence on a command that was refused when it came to be decided. */
export function tellRefusal(command: { name: string; giverKind: string; outcome: string }): string {
  const giver = GIVERS[command.giverKind] ?? command.giverKind;
  return `The command ${command.name} of ${giver} was refused: ${refusalOf(command.outcome)}`;
}

function actorOf({ actorKind, actorId }: TimelineEvent, names: Names): string {
  const person = actorKind === 'agent' || actorKind === 'supervisor';
  if (person && actorId) return names.agent(actorId);
  return GIVERS[actorKind] ?? actorKind;
}

const refusalOf = (code: string): string =>
  isErrorCode(code) ? `${ERRORS[code].message} (${code})` : code;

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
