/** Skills of agents and what conversations ask for, in words that the installation chooses. */
import { z } from 'zod';

const skill = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._+-]{0,39}$/u, 'must be a word or a few')
  .meta({ example: 'french' });

/** Each once, whatever the case. */
export const skillList = z
  .array(skill)
  .max(20)
  .transform((skills) => [...new Set(skills)].sort());

export const wantedSkills = {
  requiredSkills: skillList.meta({ description: 'Nobody without all of them gets it.' }),
  preferredSkills: skillList.meta({ description: 'Those who have more of them go first.' }),
};

/** The same as they are shown. */
export const shownSkills = {
  requiredSkills: z.array(z.string()).readonly(),
  preferredSkills: z.array(z.string()).readonly(),
};
