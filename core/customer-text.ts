/** What is said to customers, with other words for some languages. */
export interface CustomerText {
  readonly text: string;
  /** By language tag: `de`, `pt-BR`. */
  readonly byLanguage?: Readonly<Record<string, string>> | undefined;
}

/** The words in the customer's language (a tag, where it is known); null where nothing is to be said. */
export function wordsIn(said: CustomerText | null, language: string | null): string | null {
  if (said === null) return null;
  const { text, byLanguage = {} } = said;
  const wanted = language?.toLowerCase() ?? '';
  const [primary = ''] = wanted.split('-');
  const words = (tag: string): string | undefined =>
    Object.entries(byLanguage).find(([key]) => key.toLowerCase() === tag)?.[1];
  return words(wanted) ?? words(primary) ?? text;
}
