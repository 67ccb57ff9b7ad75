/**
 * Builds every app of web/ that has a vite.config.mjs into dist/web/<app>/, and compresses what browsers load, so that
 * no request has to.
 *   node web/build.mjs [app ...]
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, '..', 'dist', 'web');
const configOf = (app) => join(here, app, 'vite.config.mjs');

const asked = process.argv.slice(2);
const apps =
  asked.length > 0 ? asked : readdirSync(here).filter((app) => existsSync(configOf(app)));

for (const app of apps) {
  await build({
    root: join(here, app),
    configFile: configOf(app),
    logLevel: 'warn',
    build: {
      outDir: join(dist, app),
      emptyOutDir: true,
      rolldownOptions: {
        // "use client" is for servers that render; here all is for browsers.
        onLog: (level, log, tell) =>
          void (log.code === 'MODULE_LEVEL_DIRECTIVE' || tell(level, log)),
      },
    },
  });
  for (const file of textsUnder(join(dist, app))) compress(file);
}

function textsUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return textsUnder(path);
    return /\.(js|css|svg|json|webmanifest)$/.test(entry.name) ? [path] : [];
  });
}

function compress(file) {
  const content = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}
