import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { deadlineInWords } from '../core/conversation/deadline-words';
import { earliest } from '../core/conversation/deadlines';
import type { ConversationState, DeadlineName } from '../core/conversation/types';
import * as attributes from './search-attributes';

/** Keeps search attributes and the details page of the Temporal UI at the stored state, in ids and states only. */
export function operatorView(): (state: ConversationState) => void {
  let last = '';
  return (s) => {
    const next = earliest(s.deadlines);
    setCurrentDetails(story(s, next));
    const seen = [s.queueId, s.ownerId, s.status, s.placement, s.priority, next?.at ?? null].join();
    if (seen === last) return;
    last = seen;
    upsertSearchAttributes([
      { key: attributes.CHANNEL, value: s.channelKind },
      { key: attributes.CUSTOMER_REF, value: s.customerRef },
      { key: attributes.QUEUE_ID, value: s.queueId },
      { key: attributes.AGENT_ID, value: s.ownerId },
      { key: attributes.STATUS, value: s.status },
      { key: attributes.PLACEMENT, value: s.placement },
      { key: attributes.PRIORITY, value: s.priority },
      { key: attributes.NEXT_DEADLINE, value: next ? new Date(next.at) : null },
    ]);
  };
}

function story(s: ConversationState, next: { name: DeadlineName; at: number } | null): string {
  const lines = [
    `**${s.status}**${s.placement ? `, ${s.placement}` : ''}${s.place.front ? ', first in line' : ''}`,
  ];
  if (s.ownerId) lines.push(`- agent \`${s.ownerId}\``);
  lines.push(
    `- queue \`${s.queueId}\` by ${s.policy.delivery}, settings version ${s.policy.version}`,
  );
  if (s.placement === 'queued' && s.place.queuedSince !== null) {
    lines.push(`- in line since ${new Date(s.place.queuedSince).toISOString()}`);
  }
  if (s.excluded > 0) lines.push(`- ${s.excluded} agents passed over in this round`);
  if (s.survey !== 'none') lines.push(`- survey ${s.survey}`);
  lines.push(
    next
      ? `- next: ${deadlineInWords(next.name, s)} at ${new Date(next.at).toISOString()}`
      : '- no timer runs',
  );
  return lines.join('\n');
}
