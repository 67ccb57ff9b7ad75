/** A rating as customers type it on channels without buttons. */
export interface Rating {
  /** 1-10. */
  readonly rating: number;
  readonly comment: string | null;
}

// A number that starts a sentence or a date is no rating: punctuation or a line break must set a comment apart.
const PATTERN =
  /^\s*(10|[1-9])(?:\s*\/\s*10)?\s*(?:$|(?:[,:;!–-]|\.(?=\s|$)|(?<=\n))\s*([\s\S]*)$)/;

/** Reads "9", "9/10" or "10 - thank you"; null for anything else, such as "2 of my parcels are missing". */
export function readRating(text: string): Rating | null {
  const found = PATTERN.exec(text);
  if (!found) return null;
  return { rating: Number(found[1]), comment: found[2]?.trim() || null };
}
