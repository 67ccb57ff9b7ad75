/** `npm run neighbours`: the tests of this folder in their full form, one after the other. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inRoot } from '../../embedded/paths.mjs';

const words = [
  '--selectProjects',
  'server',
  '--testPathPatterns',
  'tests/neighbours',
  '--runInBand',
];
const child = spawn(process.execPath, [inRoot('embedded', 'bin', 'test.mjs'), ...words], {
  cwd: inRoot(),
  stdio: 'inherit',
  env: { ...process.env, SWITCHYARD_NEIGHBOURS: 'full' },
});
const [code] = await once(child, 'exit');
process.exitCode = code ?? 1;
