import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The checkout, whether this runs from dist/ or from the sources. */
export const root = [join(__dirname, '..'), join(__dirname, '..', '..')].find((folder) =>
  existsSync(join(folder, 'package.json')),
) as string;

/** A module of embedded/, which is plain JavaScript and has no types. */
export async function bootstrapModule<T>(file: string): Promise<T> {
  return (await import(pathToFileURL(join(root, 'embedded', file)).href)) as T;
}
