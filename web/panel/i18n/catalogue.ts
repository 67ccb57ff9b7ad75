/** Words of one language, by place: `inbox.offer.accept`. */
export interface Catalogue {
  readonly [place: string]: string | Catalogue;
}

/** One catalogue of the files of a language; `./locales/en/inbox.json` holds what is under `inbox`. */
export function merged(files: Readonly<Record<string, Catalogue>>): Catalogue {
  return Object.fromEntries(
    Object.entries(files).map(([path, words]) => [/([^/]+)\.json$/.exec(path)?.[1] ?? path, words]),
  );
}
