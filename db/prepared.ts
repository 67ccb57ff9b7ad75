/** Statements of hot paths: planning them takes longer than running them, so each connection plans them once. */

const names = new Map<string, string>();

/**
 * Marks a statement to be prepared by whichever connection runs it first, and gives it back. For texts that are known
 * when the process starts: every connection keeps every one of them.
 */
export function prepared(sql: string): string {
  if (!names.has(sql)) names.set(sql, `hot_${names.size + 1}`);
  return sql;
}

/** The name under which connections keep this statement; undefined where it is not prepared. */
export const nameOfPrepared = (sql: string): string | undefined => names.get(sql);
