/** What has changed between two versions of a queue's policy. */

export interface FieldChange {
  /** Its path: `weight`, `settings.survey.enabled`. */
  readonly field: string;
  /** Null where it was not set. */
  readonly from: unknown;
  /** Null where it is not set any more. */
  readonly to: unknown;
}

/** Every field that differs, by name; objects are looked into, lists are compared as a whole. */
export function policyChanges(before: unknown, after: unknown, path = ''): FieldChange[] {
  if (isObject(before) || isObject(after)) {
    const [was, is] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
    const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
    return names.flatMap((name) =>
      policyChanges(was[name], is[name], path === '' ? name : `${path}.${name}`),
    );
  }
  const [from, to] = [before ?? null, after ?? null];
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ field: path, from, to }];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a decision was made by, seen from now: its version is not the queue's present one. */
export interface SinceVersion {
  readonly present: number;
  /** What differs between the two; null where one of them is not on record. */
  readonly changes: readonly FieldChange[] | null;
}

/** One sentence: which version holds now, and what has changed. */
export function sinceInWords({ present, changes }: SinceVersion): string {
  const now = `Now version ${present} holds`;
  if (changes === null) return `${now}; what has changed since is not on record.`;
  if (changes.length === 0) return `${now}, which says the same.`;
  return `${now}; changed since: ${changes.map(changeInWords).join(', ')}.`;
}

function changeInWords({ field, from, to }: FieldChange): string {
  // Long texts and lists are read where versions are listed.
  const short = [from, to].every((value) => JSON.stringify(value).length <= 40);
  return short ? `${field} from ${inWords(from)} to ${inWords(to)}` : field;
}

const inWords = (value: unknown): string =>
  value === null ? 'unset' : typeof value === 'string' ? value : JSON.stringify(value);
