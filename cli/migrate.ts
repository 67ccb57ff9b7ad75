import { Command } from 'commander';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './bootstrap';
import { Failure } from './failure';
import { findPlace } from './place';

/** `switchyard migrate`. */
export const migrateCommand = (): Command =>
  new Command('migrate')
    .description('bring the database to the schema of this version')
    .action(async () => {
      const { databaseUrl } = findPlace();
      if (!databaseUrl) {
        throw new Failure('No database is known: set DATABASE_URL, or run "npm start" first.');
      }
      // A process of its own: the engine that migrates leaves a timer running for ten seconds.
      const child = spawn(process.execPath, [join(root, 'embedded', 'migrate.mjs'), databaseUrl], {
        stdio: 'inherit',
      });
      const [code] = (await once(child, 'exit')) as [number | null];
      process.exitCode = code ?? 1;
    });
