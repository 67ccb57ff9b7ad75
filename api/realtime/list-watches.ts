import type { Database } from '../../db/client';
import { listMembers, type StreamKind } from '../../db/conversation/list-members';
import type { ConversationView } from '../../db/conversation/views';
import type { Watch } from './conversation-watches';

export interface ListChange {
  readonly conversationId: string;
  readonly rev: number;
  /** True where the conversation no longer stands in this list. */
  readonly left: boolean;
  readonly view: ConversationView;
}

export type ListListener = (change: ListChange) => void;

interface Room {
  readonly name: string;
  readonly listeners: Set<ListListener>;
  /** What stands in the list as its listeners know it, with the rev told. */
  readonly members: Map<string, number>;
  ready: Promise<void>;
}

/**
 * Lists that somebody looks at. It knows what stands in each of them, so that a conversation which goes from one list
 * to another is told to both.
 */
export class ListWatches {
  private readonly rooms = new Map<string, Room>();
  private readonly roomsOf = new Map<string, Set<Room>>();

  constructor(private readonly db: Pick<Database, 'query'>) {}

  get active(): boolean {
    return this.rooms.size > 0;
  }

  /** Resolves once everything that happens from now on is told: read the list after it. */
  async watch(kind: StreamKind, id: string, tell: ListListener): Promise<Watch> {
    const name = `${kind}:${id}`;
    const room = this.rooms.get(name) ?? this.open(name, kind, id);
    room.listeners.add(tell);
    const close = (): void => {
      room.listeners.delete(tell);
      if (room.listeners.size === 0) this.shut(room);
    };
    try {
      await room.ready;
    } catch (error) {
      close();
      throw error;
    }
    return { close };
  }

  /** Conversations in agents' lists: few, and watched closely. */
  closelyWatched(): string[] {
    const rooms = [...this.rooms.values()].filter((room) => room.name.startsWith('agent:'));
    return rooms.flatMap((room) => [...room.members.keys()]);
  }

  /** Tells the lists in which the conversation stands, and those in which it stood. Older revs are ignored. */
  update(view: ConversationView): void {
    const present = new Set(listsOf(view));
    const told = [...(this.roomsOf.get(view.id) ?? [])];
    for (const room of told) {
      if (present.has(room.name) || (room.members.get(view.id) ?? 0) >= view.rev) continue;
      this.leave(room, view.id);
      tellAll(room, { conversationId: view.id, rev: view.rev, left: true, view });
    }
    for (const name of present) {
      const room = this.rooms.get(name);
      if (!room || (room.members.get(view.id) ?? 0) >= view.rev) continue;
      this.enter(room, view.id, view.rev);
      tellAll(room, { conversationId: view.id, rev: view.rev, left: false, view });
    }
  }

  private open(name: string, kind: StreamKind, id: string): Room {
    const room: Room = {
      name,
      listeners: new Set(),
      members: new Map(),
      ready: Promise.resolve(),
    };
    this.rooms.set(name, room);
    room.ready = listMembers(this.db, kind, id).then((members) => {
      for (const member of members) {
        if (!room.members.has(member.id)) this.enter(room, member.id, member.rev);
      }
    });
    return room;
  }

  private shut(room: Room): void {
    if (this.rooms.get(room.name) === room) this.rooms.delete(room.name);
    for (const id of [...room.members.keys()]) this.leave(room, id);
  }

  private enter(room: Room, id: string, rev: number): void {
    room.members.set(id, rev);
    const rooms = this.roomsOf.get(id) ?? new Set();
    this.roomsOf.set(id, rooms.add(room));
  }

  private leave(room: Room, id: string): void {
    room.members.delete(id);
    const rooms = this.roomsOf.get(id);
    rooms?.delete(room);
    if (rooms?.size === 0) this.roomsOf.delete(id);
  }
}

/** The lists in which a conversation stands. */
function listsOf(view: ConversationView): string[] {
  const lists: string[] = [];
  if (view.ownerId) lists.push(`agent:${view.ownerId}`);
  if (view.listedAgentId) lists.push(`agent:${view.listedAgentId}`);
  if (view.transferToId) lists.push(`agent:${view.transferToId}`);
  if (view.status === 'closed') return lists;
  lists.push(`queue:${view.queueId}`);
  if (view.status === 'open' && view.placement === 'queued') lists.push(`line:${view.queueId}`);
  return lists;
}

function tellAll(room: Room, change: ListChange): void {
  for (const tell of [...room.listeners]) tell(change);
}
