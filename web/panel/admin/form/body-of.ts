import type { Values } from './draft';

/**
 * The request that carries these paths. `wholes` are objects that the API replaces as a whole: if one field in them is
 * carried, all are. What is undefined is left out, and keeps its default.
 */
export function bodyOf(
  values: Values,
  paths: readonly string[],
  wholes: readonly string[] = [],
): Record<string, unknown> {
  const isIn = (path: string, whole: string): boolean => path.startsWith(`${whole}.`);
  const touched = wholes.filter((whole) => paths.some((path) => isIn(path, whole)));
  const carried = Object.keys(values).filter(
    (path) => paths.includes(path) || touched.some((whole) => isIn(path, whole)),
  );
  const body: Record<string, unknown> = {};
  for (const whole of touched) place(body, whole, {});
  for (const path of carried) if (values[path] !== undefined) place(body, path, values[path]);
  return body;
}

function place(body: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop();
  let into = body;
  for (const name of names) {
    const next = (into[name] ?? {}) as Record<string, unknown>;
    into[name] = next;
    into = next;
  }
  if (last !== undefined) into[last] = value;
}
