import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvError, readEnv } from './env';

const home = mkdtempSync(join(tmpdir(), 'switchyard-env-'));
afterAll(() => rmSync(home, { recursive: true }));
const least = { DATABASE_URL: 'postgres://a@localhost/b', SWITCHYARD_HOME: home };

function faultsOf(source: Record<string, string>): readonly string[] {
  try {
    readEnv(source);
    return [];
  } catch (error) {
    return (error as EnvError).faults;
  }
}

test('has a default for all but the database', () => {
  const env = readEnv(least);
  expect(env).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:3000',
    filesDir: join(home, 'files'),
    seed: 'none',
    workerRole: 'all',
  });
});

test('makes a secret of its own once, readable by nobody else', () => {
  const first = readEnv(least).secret;
  expect(readEnv(least).secret).toBe(first);
  expect(first).toBe(readFileSync(join(home, 'secret'), 'utf8'));
  expect(statSync(join(home, 'secret')).mode & 0o077).toBe(0);
});

test('never makes one in production', () => {
  expect(faultsOf({ ...least, NODE_ENV: 'production' })).toEqual([
    expect.stringContaining('SWITCHYARD_SECRET'),
  ]);
  const secret = 's'.repeat(32);
  const env = readEnv({ ...least, NODE_ENV: 'production', SWITCHYARD_SECRET: secret });
  expect(env).toMatchObject({ production: true, host: '0.0.0.0', secret });
});

test('lists every fault at once, and no value', () => {
  const faults = faultsOf({
    DATABASE_URL: 'mysql://root:hunter2@x',
    PORT: 'http',
    PUBLIC_URL: 'example.com',
    SWITCHYARD_SECRET: 'short',
    LOG_LEVEL: 'loud',
  });
  expect(faults.map((fault) => fault.split(' ')[0]).sort()).toEqual([
    'DATABASE_URL',
    'LOG_LEVEL',
    'PORT',
    'PUBLIC_URL',
    'SWITCHYARD_SECRET',
  ]);
  expect(faults.join()).not.toMatch(/hunter2|short|loud/);
  expect(faultsOf({ DATABASE_URL: '' })).toEqual(['DATABASE_URL must be set.']);
});
