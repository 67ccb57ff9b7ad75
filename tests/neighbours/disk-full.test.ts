import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../db/ids';
import { temporalAddress } from '../support/engines';
import { newNamespace } from '../support/product';
import { until } from '../support/world';
import { tell } from './form';
import { install, ORIGIN, type Installation } from './installation';
import { Load } from './load';
import { startNeighbours, type Neighbours } from './neighbours';
import { makeStaff, type Staff } from './people';
import { isAtRest, judge, leftOver } from './verdict';

const MEGABYTE = 1024 * 1024;

/** A small disk of its own, or why there can be none: mounting is for root. */
class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), 'switchyard-disk-'));
  readonly reason: string | null;

  constructor(megabytes: number) {
    const words = ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', this.folder];
    const { status, stderr, error } = spawnSync('mount', words, { encoding: 'utf8' });
    this.reason = status === 0 ? null : (error?.message ?? stderr.trim());
    if (!this.reason) chmodSync(this.folder, 0o755);
  }

  /** Fills it to the last byte. */
  fill(): void {
    const file = openSync(join(this.folder, 'ballast'), 'w');
    try {
      for (const size of [MEGABYTE, 4096]) {
        const chunk = Buffer.alloc(size);
        try {
          while (writeSync(file, chunk) === size);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        }
      }
    } finally {
      closeSync(file);
    }
  }

  clear(): void {
    rmSync(join(this.folder, 'ballast'), { force: true });
  }

  remove(): void {
    if (!this.reason) spawnSync('umount', ['-l', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const data = new SmallDisk(400);
const files = new SmallDisk(8);
const possible = data.reason === null && files.reason === null ? it : it.skip;
if (data.reason) tell('disk full', { notRun: `no disk can be mounted here: ${data.reason}` });

let neighbours: Neighbours | undefined;
let installation: Installation;
let staff: Staff;
beforeAll(async () => {
  if (data.reason !== null || files.reason !== null) return;
  neighbours = await startNeighbours(['postgres'], data.folder);
  installation = await install({
    databaseUrl: neighbours.postgres?.url ?? '',
    temporalAddress: temporalAddress(),
    namespace: await newNamespace(),
    env: { SWITCHYARD_FILES: join(files.folder, 'files') },
  });
  staff = await makeStaff(installation, 2);
}, 120_000);
afterAll(async () => {
  await installation?.close();
  await neighbours?.close();
  data.remove();
  files.remove();
}, 60_000);

const readiness = async (): Promise<string> => {
  const answer = await fetch(`${installation.url}/readyz`, { signal: AbortSignal.timeout(5_000) });
  const { checks } = (await answer.json()) as { checks: { database: string } };
  return `${answer.status} ${checks.database}`;
};

possible(
  'says so while the disk of Postgres is full, and goes on once there is room',
  async () => {
    const { db } = installation;
    const load = new Load(installation, staff, {
      customers: 2_000,
      messagesASecond: 20,
      requestsASecond: 5,
    });
    load.start();
    await until('there is something to do', async () => load.accepted.size > 20, 60_000);
    load.take();
    data.fill();
    const seen = new Set<string>();
    await until(
      'it says that it is not ready',
      async () => {
        seen.add(await readiness());
        return [...seen].some((each) => each.startsWith('503'));
      },
      60_000,
    );
    const stored = load.accepted.size;
    // The log of changes is full as well: Postgres ends itself.
    await db.query('SELECT pg_switch_wal()').catch(() => undefined);
    const during = await until('nothing is taken', async () => {
      const taken = load.take();
      const answers = Object.keys(taken.answers);
      const refused = answers.some((answer) => answer.startsWith('503'));
      return refused && !answers.includes('201') ? taken : null;
    });
    seen.add(await readiness());
    data.clear();
    const cleared = performance.now();
    await until('it is ready', async () => (await readiness()) === '200 ok', 60_000);
    const recoveredMs = Math.round(performance.now() - cleared);
    await until('messages are taken', async () => load.accepted.size > stored + 20, 60_000);
    await load.finish();
    const after = load.take();
    await until('all is at rest', async () => isAtRest(await leftOver(db)), 60_000);
    const verdict = await judge(db, load);
    tell('the disk of Postgres is full', {
      ...{ readyz: [...seen], during, recoveredMs, after, accepted: load.accepted.size, verdict },
    });

    expect(verdict).toEqual({ lost: 0, doubled: 0, halfDone: 0 });
    expect(during.unexpected).toEqual({});
    expect(during.withoutRetryAfter).toBe(0);
  },
  240_000,
);

possible(
  'says so while the disk of the files is full',
  async () => {
    const token = installation.visitorToken(staff.website, 'somebody with a file');
    const send = async (): Promise<{
      status: number;
      retryAfter: string | null;
      body: unknown;
    }> => {
      const form = new FormData();
      form.append('file', new Blob([`${newId()} ${'x'.repeat(MEGABYTE)}`]), 'notes.txt');
      const headers = { authorization: `Bearer ${token}`, origin: ORIGIN };
      const url = `${installation.url}/api/v1/visitor/files`;
      const answer = await fetch(url, { method: 'POST', headers, body: form });
      const retryAfter = answer.headers.get('retry-after');
      return { status: answer.status, retryAfter, body: await answer.json() };
    };
    expect(await send()).toMatchObject({ status: 201 });
    files.fill();
    const refused = await send();
    files.clear();
    const again = await send();
    tell('the disk of the files is full', { full: refused, again: again.status });
    expect(refused).toMatchObject({
      status: 503,
      retryAfter: expect.stringMatching(/^\d+$/),
      body: { code: 'UNAVAILABLE', details: { reason: 'STORAGE_FULL' } },
    });
    expect(again.status).toBe(201);
  },
  60_000,
);
