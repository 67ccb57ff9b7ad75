import type { z } from 'zod';
import { AppError } from '../core/errors';

/** Makes what a client gives back as `after`. Opaque to it, so it may change with any release. */
const cursorOf = (position: unknown): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/**
 * Reads a cursor that has the shape of this list's positions; null where none is given.
 * @throws AppError INVALID_REQUEST for one that is of another list, or made up
 */
export function positionOf<T extends z.ZodType>(
  shape: T,
  cursor: string | undefined,
): z.output<T> | null {
  if (cursor === undefined) return null;
  const read = shape.safeParse(decoded(cursor));
  if (!read.success) {
    throw new AppError('INVALID_REQUEST', {
      fields: [{ path: 'after', problem: 'is not the `next` of a page of this list' }],
    });
  }
  return read.data;
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** One page out of up to `limit + 1` rows that were read. */
export function pageOfRows<R, T>(
  rows: readonly R[],
  limit: number,
  of: { item: (row: R) => T; position: (row: R) => unknown },
): { items: T[]; next: string | null } {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: kept.map(of.item), next: more ? cursorOf(of.position(last)) : null };
}
