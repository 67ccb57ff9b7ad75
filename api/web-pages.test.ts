import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import express from 'express';
import request from 'supertest';
import { webPages } from './web-pages';

const folder = mkdtempSync(join(tmpdir(), 'switchyard-pages-'));
const script = 'console.log("a script")';
let app: express.Express;

beforeAll(() => {
  mkdirSync(join(folder, 'panel', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'panel', 'index.html'), '<script nonce="__NONCE__"></script>');
  writeFileSync(join(folder, 'panel', 'icon.svg'), '<svg/>');
  writeFileSync(join(folder, 'panel', 'assets', 'main-1a2b.js'), script);
  writeFileSync(join(folder, 'panel', 'assets', 'main-1a2b.js.br'), brotliCompressSync(script));
  app = express().use(webPages(folder));
  app.use((_req, res) => void res.status(404).json({ code: 'NOT_FOUND' }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const page = (path: string) => request(app).get(path).set('Accept', 'text/html,*/*');

test.each(['/', '/inbox', '/inbox/some-id', '/admin/queues'])('%s is a page', async (path) => {
  const { headers, text } = await page(path).expect(200);
  const policy = String(headers['content-security-policy']);
  const nonce = /nonce="([^"]+)"/.exec(text)?.[1] ?? '';
  expect(nonce.length).toBeGreaterThan(20);
  expect(policy).toContain(`script-src 'self' 'nonce-${nonce}'`);
  expect(policy).not.toContain('unsafe');
  expect(policy).toContain(`frame-ancestors 'none'`);
  expect(headers['cache-control']).toBe('no-store');
});

test('no two answers have the same nonce', async () => {
  const [one, two] = [await page('/'), await page('/')];
  expect(one.text).not.toBe(two.text);
});

test.each(['/api/v1/nothing', '/files/nothing', '/assets/nothing.js', '/docs/nothing'])(
  '%s is no page',
  async (path) => {
    const { body } = await page(path).expect(404);
    expect(body).toEqual({ code: 'NOT_FOUND' });
  },
);

test('a program that asks for an address of the panel gets no page', async () => {
  await request(app).get('/inbox').set('Accept', 'application/json').expect(404);
});

test('files with a hash in their name are kept for ever, and come compressed to who takes it', async () => {
  const plain = await request(app).get('/assets/main-1a2b.js').set('Accept-Encoding', 'identity');
  expect(plain.text).toBe(script);
  expect(plain.headers['cache-control']).toContain('immutable');
  expect(plain.headers['content-encoding']).toBeUndefined();
  const small = await request(app)
    .get('/assets/main-1a2b.js')
    .set('Accept-Encoding', 'gzip, br')
    .buffer(true)
    .parse((res, done) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part));
      res.on('end', () => done(null, Buffer.concat(parts)));
    });
  expect(small.headers['content-encoding']).toBe('br');
  expect(small.headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect(small.headers['vary']).toContain('Accept-Encoding');
  expect(small.headers['cache-control']).toContain('immutable');
});

test('other files are asked for again', async () => {
  const { headers } = await request(app).get('/icon.svg').expect(200);
  expect(headers['cache-control']).toBe('public, max-age=3600');
});

test('nothing is served where nothing was built', async () => {
  const empty = express().use(webPages(join(folder, 'nowhere')));
  await request(empty).get('/').set('Accept', 'text/html').expect(404);
});
