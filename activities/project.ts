import type { Loaded } from '../core/conversation/types';
import type { AfterCommit } from '../db/after-commit';
import type { Database } from '../db/client';
import { Effects } from '../db/effects';
import { loadConversation } from '../db/conversation/load';
import { projectDecision, type Projection } from '../db/conversation/project';

/**
 * Writes a decision and answers with what is stored. Where it put this very conversation into a line, its hand-out is
 * served before the answer, so that the workflow learns of both at once.
 */
export function project(
  db: Database,
  afterCommit: AfterCommit,
): (projection: Projection) => Promise<Loaded | null> {
  return async (projection) => {
    const id = projection.conversationId;
    const { value, effects } = await projectDecision(db, projection);
    const own = effects.handOuts.filter((h) => h.conversationId === id);
    const rest = new Effects();
    rest.add(effects);
    rest.handOuts.splice(
      0,
      rest.handOuts.length,
      ...effects.handOuts.filter((h) => !own.includes(h)),
    );
    // This conversation's claims are in the answer; a ring for them would only cost history.
    rest.rings.splice(
      0,
      rest.rings.length,
      ...effects.rings.filter((r) => r.conversationId !== id),
    );
    if (own.length === 0) {
      afterCommit.start(rest);
      return value;
    }
    const left = await afterCommit.serve(own);
    rest.rings.push(...left.rings.filter((r) => r.conversationId !== id));
    afterCommit.start(rest);
    return loadConversation(db, id, []);
  };
}
