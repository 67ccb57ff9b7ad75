/** To the second, in UTC. */
export const time = (at: Date): string => at.toISOString().replace('T', ' ').replace(/\..*/, '');

/** A decision as it is printed: when and what, then its reasons, a line each. `at` is ISO 8601. */
export function receiptLines(at: string, [first = '', ...reasons]: readonly string[]): string[] {
  const when = time(new Date(at));
  return [`${when}  ${first}`, ...reasons.map((said) => `${' '.repeat(when.length)}    ${said}`)];
}
