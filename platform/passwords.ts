/** Passwords, kept as argon2id hashes. */
import { hash, verify } from '@node-rs/argon2';

// What OWASP recommends: 19 MiB, two passes, one lane. The package's default algorithm is argon2id.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

let nobody: Promise<string> | null = null;

/**
 * Whether this is the password of the hash. Without a hash (nobody has that address) it takes as long and says no, so
 * that the time does not tell which addresses exist.
 */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword('nobody has this password');
  const against = stored ?? (await nobody);
  const right = await verify(against, password).catch(() => false);
  return right && stored !== null;
}
