/** What one conversation wants of its agent beside room for it, and how an agent meets that. */
import type { Candidate } from './candidate';
import { strictSkills, wishedSkills, type Skills } from './skills';

export interface Wishes {
  readonly skills: Skills;
  readonly relaxed: boolean;
  /** The agent whom its customer knows, and whether it is kept for that one. */
  readonly preferredAgentId: string | null;
  readonly kept: boolean;
}

/** Of what wants nothing, or of a whole line that an agent may serve. */
export const NO_WISHES: Wishes = {
  skills: { required: [], preferred: [] },
  relaxed: false,
  preferredAgentId: null,
  kept: false,
};

/** How an agent meets the wishes. */
export function met(
  { skills, relaxed, preferredAgentId, kept }: Wishes,
  agentId: string,
  has: readonly string[],
): Pick<Candidate, 'skilled' | 'wishedSkills' | 'known' | 'keptForOther'> {
  const known = preferredAgentId === agentId;
  return {
    skilled: strictSkills(skills, relaxed).every((skill) => has.includes(skill)),
    wishedSkills: wishedSkills(skills, relaxed, has),
    known,
    keptForOther: kept && !known,
  };
}
