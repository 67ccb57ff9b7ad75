/** A rating as customers type it on channels without buttons. */
export interface Rating {
  /** 1-10. */
  readonly rating: number;
  readonly comment: string | null;
}

const PATTERN = /^\s*(10|[1-9])(?:\s*\/\s*10)?(?:\s*$|[\s.,:;!–-]+([\s\S]*)$)/;

/** Reads "9", "9/10" or "10 - thank you"; null for anything else ("2 of my parcels are missing" is no rating: see test). */
export function readRating(text: string): Rating | null {
  const found = PATTERN.exec(text);
  if (!found) return null;
  const comment = found[2]?.trim() ?? '';
  // A number that starts a sentence is no rating: only punctuation or a line break sets a comment apart.
  const separated = /^\s*(?:10|[1-9])(?:\s*\/\s*10)?\s*(?:[.,:;!–-]|\n|$)/.test(text);
  return separated ? { rating: Number(found[1]), comment: comment || null } : null;
}
