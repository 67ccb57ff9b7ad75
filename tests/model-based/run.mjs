/** `npm run model:real -- --steps=100000 --seed=1`: the model-based test of the real code in full. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const option = (name) =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
const seed = option('seed') ?? String(Date.now() % 1_000_000);
const steps = option('steps') ?? '100000';
const root = join(import.meta.dirname, '..', '..');
console.log(`steps ${steps}, seed ${seed}`);
const words = ['--selectProjects', 'server', '--testPathPatterns', 'tests/model-based/random'];
const jest = spawn(process.execPath, ['node_modules/jest/bin/jest.js', ...words], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, MODEL_STEPS: steps, MODEL_SEED: seed },
});
const [code] = await once(jest, 'exit');
process.exitCode = code ?? 1;
