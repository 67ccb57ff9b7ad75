import type { Loaded } from '../core/conversation/types';
import type { Database } from '../db/client';
import { loadConversation, type Rowless } from '../db/conversation/load';

/** Reads what is stored, after making rows of hand-sent signals. Null where there is no such conversation. */
export function load(
  db: Database,
): (conversationId: string, rowless: readonly Rowless[]) => Promise<Loaded | null> {
  return (conversationId, rowless) => loadConversation(db, conversationId, rowless);
}
