import type { ConversationShape } from '../../../contracts/conversation';

interface Person {
  readonly id: string;
  readonly role: 'agent' | 'supervisor' | 'admin';
}

/**
 * What somebody is offered to do. The API decides again, by the state table; this keeps buttons away that it would
 * refuse.
 */
export function rightsOf(conversation: ConversationShape, me: Person) {
  const { status, placement, ownerId, listedAgentId } = conversation;
  const holds = ownerId === me.id && placement === 'assigned';
  const leads = me.role !== 'agent';
  const acts = holds || leads;
  const live = status === 'open' || status === 'waiting';
  return {
    take: status === 'open' && placement === 'queued',
    reply: holds && live,
    note: acts && (status !== 'closed' || leads),
    edit: acts && status !== 'closed',
    transfer: acts && live,
    setStatus: acts && live && placement === 'assigned',
    solve: acts && live && placement === 'assigned',
    close: acts && status !== 'closed',
    hide: status === 'closed' && listedAgentId === me.id,
  };
}
