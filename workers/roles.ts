export const ROLES = ['conversation', 'delivery', 'relay'] as const;
export type Role = (typeof ROLES)[number];

/** Reads WORKER_ROLE: `all`, or roles separated by commas. @throws Error that names what is not a role. */
export function rolesOf(given: string): ReadonlySet<Role> {
  if (given === 'all') return new Set(ROLES);
  const names = given.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !ROLES.includes(name as Role));
  if (wrong !== undefined) {
    throw new Error(`WORKER_ROLE: "${wrong}" is none of all, ${ROLES.join(', ')}.`);
  }
  return new Set(names as Role[]);
}
