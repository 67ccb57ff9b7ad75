import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ERRORS } from '../core/errors';

const panel = join(__dirname, '..', 'web', 'panel');
const languages = ['en', 'de', 'es', 'fr', 'it', 'pt-BR'];

type Words = { [key: string]: string | Words };

function wordsOf(language: string): Map<string, string> {
  const folder = join(panel, 'locales', language);
  const found = new Map<string, string>();
  const collect = (place: string, words: Words): void => {
    for (const [key, value] of Object.entries(words)) {
      if (typeof value === 'string') found.set(`${place}.${key}`, value);
      else collect(`${place}.${key}`, value);
    }
  };
  for (const file of readdirSync(folder)) {
    collect(file.replace('.json', ''), JSON.parse(readFileSync(join(folder, file), 'utf8')));
  }
  return found;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

/** Without the ending by which plurals differ: languages have different ones. */
const plain = (keys: Iterable<string>): string[] =>
  [...new Set([...keys].map((key) => key.replace(/_(zero|one|two|few|many|other)$/, '')))].sort();

const placeholders = (text: string): string =>
  [...new Set(text.match(/\{\{\w+\}\}/g))].sort().join();

const english = wordsOf('en');

test.each(languages.slice(1))('%s has the words that English has', (language) => {
  const words = wordsOf(language);
  expect(plain(words.keys())).toEqual(plain(english.keys()));
  const faults = [...words].filter(([key, text]) => {
    const original = english.get(key) ?? english.get(key.replace(/_\w+$/, '_other')) ?? '';
    return text.trim() === '' || placeholders(text) !== placeholders(original);
  });
  expect(faults).toEqual([]);
});

test('every refusal of the API has a sentence', () => {
  const missing = Object.keys(ERRORS).filter((code) => !english.has(`errors.${code}`));
  expect(missing).toEqual([]);
});

test('every word that a screen names is there', () => {
  const keys = plain(english.keys());
  const named = sources(panel).flatMap((source) =>
    [...source.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((found) => found[1] ?? ''),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((key) => !keys.includes(key))).toEqual([]);
});
