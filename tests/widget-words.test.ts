import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../core/languages';

const folder = join(__dirname, '..', 'web', 'widget', 'languages');
const read = (tag: string): Record<string, string> =>
  JSON.parse(readFileSync(join(folder, `${tag}.json`), 'utf8')) as Record<string, string>;
const english = read('en');

it('there is a catalogue for every language, and for no other', () => {
  expect(readdirSync(folder).sort()).toEqual(LANGUAGES.map((tag) => `${tag}.json`).sort());
});

describe.each(LANGUAGES.map((tag) => [tag]))('%s', (tag) => {
  const catalogue = read(tag);

  it('says what English says', () => {
    expect(Object.keys(catalogue)).toEqual(Object.keys(english));
    expect(Object.values(catalogue).filter((text) => text.trim() === '')).toEqual([]);
  });

  it('fills in the same places', () => {
    const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const [key, text] of Object.entries(catalogue)) {
      expect([key, places(text)]).toEqual([key, places(english[key] ?? '')]);
    }
  });
});
