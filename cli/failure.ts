/** Something the person at the keyboard can cure: one sentence, with the remedy in it. */
export class Failure extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'Failure';
  }
}

/** What an unexpected error says for people, without its stack. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Of a connection that was refused on two addresses, Node gives a list of errors without a message.
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : undefined;
  if (first instanceof Error) return first.message;
  const cause = error.cause instanceof Error ? `: ${reasonOf(error.cause)}` : '';
  return `${error.message || error.name}${cause}`;
}
