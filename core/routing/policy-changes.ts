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
