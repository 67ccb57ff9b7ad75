/** What else a visitor's page tells of them. */
import type { Database } from '../client';

export interface Description {
  /** Answers of a form, with the questions as agents read them. Replaces those to the same questions. */
  readonly answers?:
    readonly { readonly key: string; readonly label: string; readonly value: string }[] | undefined;
  /** The page of the website that they look at. */
  readonly page?: { readonly url: string; readonly title: string } | undefined;
}

/** Keeps it with the identity; what is left out stays. */
export async function describeIdentity(
  db: Pick<Database, 'query'>,
  identityId: string,
  { answers, page }: Description,
): Promise<void> {
  await db.query(
    `UPDATE identity SET page = coalesce($3, page), answers = CASE WHEN $2::jsonb IS NULL THEN answers ELSE
       coalesce((SELECT jsonb_agg(old) FROM jsonb_array_elements(answers) old
                  WHERE NOT EXISTS (SELECT 1 FROM jsonb_array_elements($2) new WHERE new->'key' = old->'key')), '[]')
       || $2 END
      WHERE id = $1`,
    [identityId, answers ? JSON.stringify(answers) : null, page ? JSON.stringify(page) : null],
  );
}
