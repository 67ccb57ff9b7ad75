/** Processes that die between two statements: what was committed stays, what was begun is rolled back. */
import type { QueryResultRow } from 'pg';
import type { Database, Tx } from '../../db/client';

/** Thrown in the place of a death, where the process is only played. */
export class Died extends Error {}

/** The same database for somebody who has so many statements left to live. `die` does not return. */
export function mortal(db: Database, statements: number, die: () => never): Database {
  let left = statements;
  const counted =
    (query: Tx['query']): Tx['query'] =>
    async <T extends QueryResultRow>(sql: string, values?: readonly unknown[]) => {
      if (left-- <= 0) die();
      return query<T>(sql, values);
    };
  return {
    ...db,
    query: counted(db.query),
    transaction: (work) => db.transaction((tx) => work({ ...tx, query: counted(tx.query) })),
  };
}
