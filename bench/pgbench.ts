/** The bare measure: what Postgres itself takes of the same rows, told by its own tool. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Runs a script with 8 clients, prepared, and gives its transactions a second.
 * @throws Error that says how to get pgbench
 */
export async function pgbench(
  folder: string,
  url: string,
  script: { readonly name: string; readonly sql: string; readonly seconds: number },
): Promise<number> {
  const file = join(folder, `${script.name}.sql`);
  writeFileSync(file, script.sql);
  const words = [
    '-n',
    '-f',
    file,
    '-c',
    '8',
    '-j',
    '2',
    '-M',
    'prepared',
    '-T',
    `${script.seconds}`,
  ];
  const output = await new Promise<string>((resolve, reject) => {
    execFile('pgbench', [...words, url], (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      const how = 'pgbench is missing: on Debian "apt-get install postgresql-contrib" brings it.';
      reject(new Error(missing ? how : stderr.slice(0, 2_000)));
    });
  });
  const [, tps] = /^tps = ([\d.]+)/m.exec(output) ?? [];
  if (!tps) throw new Error(`pgbench did not tell its figure:\n${output}`);
  return Math.round(Number(tps));
}
