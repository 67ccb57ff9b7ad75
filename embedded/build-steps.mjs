import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Failure, explain } from './failure.mjs';
import { hashOf, inRoot, readIfThere, readJson, root } from './paths.mjs';
import { run, withProgress } from './progress.mjs';

const generated = inRoot('db', 'generated');
const dist = inRoot('dist');
const notOurs = new Set(['node_modules', 'dist', 'coverage', 'web', 'tests', 'bench']);

/** Generates the Prisma client where schema, settings or Prisma changed. */
export function generatePrismaClient() {
  const version = readJson(inRoot('node_modules', 'prisma', 'package.json'))?.version;
  const inputs = ['prisma/schema.prisma', 'prisma.config.ts'].map((file) =>
    readFileSync(inRoot(file)),
  );
  return ifChanged(join(generated, '.stamp'), hashOf(version, ...inputs), () =>
    withProgress('Generating the Prisma client (a few seconds).', () =>
      node('the Prisma client', ['node_modules/prisma/build/index.js', 'generate'], {
        // `generate` does not use the schema engine, but would download it unless told of one.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      }),
    ),
  );
}

/** Compiles TypeScript to dist/ where a source or a setting changed. */
export function compile() {
  const settings = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
  const inputs = [...settings.map((file) => inRoot(file)), ...sources(root)];
  return ifChanged(join(dist, '.stamp'), hashOfFiles(inputs), () =>
    withProgress('Compiling TypeScript (ten seconds).', () =>
      node('dist/', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']),
    ),
  );
}

/** Bundles the workflows for the workers where something that can be in the bundle changed. */
export function bundleForWorkers() {
  const folders = ['workflows', 'core', 'contracts', 'activities'].map((name) => inRoot(name));
  const own = [inRoot('package-lock.json'), inRoot('embedded', 'bundle.mjs')];
  const inputs = [...own, ...folders.flatMap((folder) => sources(folder))];
  const output = join(dist, 'workflow-bundle.js');
  return ifChanged(`${output}.stamp`, hashOfFiles(inputs), () =>
    withProgress('Bundling the workflows (a few seconds).', () =>
      node('the bundle of the workflows', ['embedded/bundle.mjs', output]),
    ),
  );
}

/** Builds the screens where one of their sources, or a contract that they go by, changed. */
export function buildWeb() {
  const folders = ['web', 'contracts', 'core'].map((name) => inRoot(name));
  const inputs = [inRoot('package-lock.json'), ...folders.flatMap((folder) => webSources(folder))];
  return ifChanged(join(dist, 'web', '.stamp'), hashOfFiles(inputs), () =>
    withProgress('Building the screens (a few seconds).', () =>
      node('dist/web/', ['web/build.mjs']),
    ),
  );
}

// The stamp goes before the work and comes back after it: what is interrupted is done again.
async function ifChanged(stamp, hash, work) {
  if (readIfThere(stamp)?.toString() === hash) return;
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

async function node(what, args, env = {}) {
  const options = { cwd: root, env: { ...process.env, ...env } };
  const { code, output } = await run(process.execPath, args, options);
  if (code === 0) return;
  throw new Failure(explain(output) ?? `${what} could not be made:\n${output}`);
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && !notOurs.has(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sources(path);
      return /(?<!\.test|\.test-kit)\.ts$/.test(entry.name) ? [path] : [];
    });
}

function webSources(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && entry.name !== 'tests')
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return webSources(path);
      return /\.(test|test-kit)\.tsx?$/.test(entry.name) ? [] : [path];
    });
}

const hashOfFiles = (files) =>
  hashOf(...files.flatMap((file) => [relative(root, file), readFileSync(file)]));
