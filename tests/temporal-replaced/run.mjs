/**
 * `npm run temporal-replaced -- --to=production`: the full form of replaced.test.ts. `--to` is `embedded` or `production`
 * (Temporal on Postgres, built with Go at the first time), `--alone` leaves out `switchyard reconcile`. Its last line is
 * one JSON object with what was measured.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure, runCommand } from '../../embedded/failure.mjs';
import { inRoot, readJson } from '../../embedded/paths.mjs';
import { setup } from '../../embedded/setup.mjs';
import { obtainProductionTemporal } from '../support/production-temporal.mjs';

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      to: { type: 'string', default: 'production' },
      alone: { type: 'boolean', default: false },
    },
  });
  const { to, alone } = values;
  if (!['embedded', 'production'].includes(to)) {
    throw new Failure('--to must be embedded or production.');
  }
  await setup({ postgres: true, temporal: true });
  if (to === 'production') await obtainProductionTemporal();
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-figures-'));
  const figures = join(folder, 'figures.json');
  try {
    const words = ['--selectProjects', 'server', '--testPathPatterns', 'tests/temporal-replaced/'];
    const jest = spawn(process.execPath, ['node_modules/jest/bin/jest.js', ...words], {
      cwd: inRoot(),
      stdio: 'inherit',
      env: {
        ...process.env,
        REPLACED_TO: to,
        REPLACED_FIGURES: figures,
        ...(alone ? { REPLACED_ALONE: 'true' } : {}),
      },
    });
    const [code] = await once(jest, 'exit');
    process.exitCode = code ?? 1;
    console.log(JSON.stringify(readJson(figures) ?? {}));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
