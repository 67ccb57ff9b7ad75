/** How much a visitor loads: less than they notice. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const built = join(__dirname, '..', '..', 'dist', 'web');
const zipped = (...files: string[]): number =>
  files.reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(built, file)), { level: 9 }).length,
    0,
  );

it('loads at most 5 kB for the button', () => {
  expect(zipped('embed/embed.js')).toBeLessThanOrEqual(5000);
});

it('loads at most 40 kB for the window, with the largest language', () => {
  const assets = readdirSync(join(built, 'widget', 'assets')).filter((name) =>
    /\.(js|css)$/.test(name),
  );
  const language = /^(en|de|es|fr|it|pt-BR)-[\w-]+\.js$/;
  const sizes = assets
    .filter((name) => language.test(name))
    .map((name) => zipped(`widget/assets/${name}`));
  expect(sizes).toHaveLength(6);
  const rest = assets.filter((name) => !language.test(name)).map((name) => `widget/assets/${name}`);
  const all = zipped('widget/index.html', ...rest) + Math.max(...sizes);
  expect(all).toBeLessThanOrEqual(40_000);
});
