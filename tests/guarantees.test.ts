/** docs/guarantees.md names tests: they exist, and every promise has some. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const text = readFileSync(join(root, 'docs', 'guarantees.md'), 'utf8');
const rowsThat = (begin: RegExp): string[][] =>
  text
    .split('\n')
    .filter((line) => begin.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
const rows = rowsThat(/^\| +\d+ +\|/);
const routing = rowsThat(/^\| +R\d+ +\|/);
/** Paths from the root, in backticks: a file, or a folder of tests. */
const pathsIn = (words: string): string[] =>
  [...words.matchAll(/`([\w-]+\/[\w./-]+)`/g)].map(([, path]) => path ?? '');

it('lists twelve promises', () => {
  expect(rows.map(([, number]) => Number(number))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

it('numbers what routing promises', () => {
  expect(routing.map(([, number]) => number)).toEqual(routing.map((_, at) => `R${at + 1}`));
  expect(routing.length).toBeGreaterThan(5);
});

it.each([...rows, ...routing])('%s%s. is kept, attacked and bounded', (...cells) => {
  const [, , promise, kept, tests = '', bounds] = cells;
  for (const cell of [promise, kept, bounds]) expect(cell).toMatch(/\.\**$/);
  expect(pathsIn(tests).length).toBeGreaterThan(0);
});

it('names only what there is', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(pathsIn(text).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  for (const [, name] of text.matchAll(/npm run ([\w:-]+)/g))
    expect(scripts).toHaveProperty([name ?? '']);
});
