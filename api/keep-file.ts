import { checkFile } from '../core/files/check-file';
import { insertFile, type FileRow, type Uploader } from '../db/messages/files';
import { LINK_MS, signLink } from '../platform/signed-links';
import type { ApiDeps } from './deps';

export interface GivenFile {
  readonly name: string;
  readonly mime?: string | undefined;
  readonly bytes: Buffer;
}

/**
 * Checks a file, stores its content and then its row, under this id: a repeat finds the first one.
 * @throws AppError FILE_KIND_REFUSED, FILE_TOO_LARGE, IDEMPOTENCY_MISMATCH
 */
export async function keepFile(
  { db, storage }: ApiDeps,
  id: string,
  given: GivenFile,
  by: Uploader,
  maxBytes: number,
): Promise<FileRow> {
  const { name, mime } = checkFile(given, maxBytes);
  const { hash, size } = await storage.put(given.bytes);
  return insertFile(db, { id, hash, name, mime, size }, by);
}

/** The parts of a file's row that people see. */
export const shownFile = ({
  id,
  name,
  mime,
  size,
}: FileRow): Pick<FileRow, 'id' | 'name' | 'mime' | 'size'> => ({ id, name, mime, size });

/** A file with a link that opens it for five minutes. */
export function linkedFile(
  { env }: ApiDeps,
  file: FileRow,
): ReturnType<typeof shownFile> & { url: string; expiresAt: string } {
  const { path, expiresAt } = signLink(env.secret, file.id, LINK_MS, Date.now());
  return { ...shownFile(file), url: env.publicUrl + path, expiresAt: expiresAt.toISOString() };
}
