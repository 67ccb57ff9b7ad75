#!/usr/bin/env node
/** `npx switchyard ...`: hands over to the built command line; says what to do where nothing is built yet. */
import '../embedded/node-version.mjs';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const { homeDir, inRoot } = await import('../embedded/paths.mjs');
// The same folder as npm start takes, wherever this is called.
process.env.SWITCHYARD_HOME = homeDir;
const main = inRoot('dist', 'cli', 'main.js');

if (existsSync(main) && existsSync(inRoot('node_modules', 'commander'))) {
  await import(pathToFileURL(main).href);
} else {
  const { inspectCheckout } = await import('../embedded/inspect.mjs');
  const checks = await inspectCheckout();
  if (process.argv.includes('--json')) console.log(JSON.stringify({ ok: false, checks }));
  else console.error('This checkout is not set up: run "npm run setup" (a few minutes, once).');
  process.exitCode = 1;
}
