import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { diskStorage } from './storage';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-storage-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const filesIn = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

it('gives back what it was given, by the hash of the content', async () => {
  const storage = diskStorage(folder);
  const { hash, size } = await storage.put(Buffer.from('abc'));
  expect(hash).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(size).toBe(3);
  const found = await storage.open(hash);
  expect(found?.size).toBe(3);
  expect(found && (await buffer(found.stream)).toString()).toBe('abc');
});

it('keeps the same content once, also when it comes many times at once', async () => {
  const storage = diskStorage(folder);
  const all = await Promise.all(
    Array.from({ length: 20 }, () => storage.put(Buffer.from('same content'))),
  );
  expect(new Set(all.map((stored) => stored.hash)).size).toBe(1);
  expect(await filesIn()).toEqual([all[0]?.hash]);
});

it('answers null for what it does not have and for what is no hash', async () => {
  const storage = diskStorage(folder);
  await storage.put(Buffer.from('abc'));
  expect(await storage.open('0'.repeat(64))).toBeNull();
  expect(await storage.open('../../etc/passwd')).toBeNull();
});
