/** What a conversation asks of its agent, in words that the installation chooses: `french`, `billing`. */
export interface Skills {
  /** Nobody without all of them gets it, until they are relaxed. */
  readonly required: readonly string[];
  /** Those who have more of them go first. */
  readonly preferred: readonly string[];
}

/** Those that nobody may lack now. */
export const strictSkills = (skills: Skills, relaxed: boolean): readonly string[] =>
  relaxed ? [] : skills.required;

/** How many of the skills that are only wished for now an agent has. */
export function wishedSkills(skills: Skills, relaxed: boolean, has: readonly string[]): number {
  const wished = new Set([...skills.preferred, ...(relaxed ? skills.required : [])]);
  return [...wished].filter((skill) => has.includes(skill)).length;
}
