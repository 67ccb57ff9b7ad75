/** The languages in which pages of the product speak to customers. */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'it', 'pt-BR'] as const;
export type Language = (typeof LANGUAGES)[number];

const primaryOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? '';

/**
 * The offered language that suits best what somebody wants, in the order of their wishes: the same tag, else the same
 * language of another country (`pt` for `pt-BR`), else the first that is offered. Never undefined while one is offered.
 */
export function languageFor<T extends string>(
  wanted: readonly string[],
  offered: readonly [T, ...T[]],
): T {
  for (const wish of wanted) {
    const same = offered.find((tag) => tag.toLowerCase() === wish.toLowerCase());
    const alike = same ?? offered.find((tag) => primaryOf(tag) === primaryOf(wish));
    if (alike !== undefined) return alike;
  }
  return offered[0];
}
