/** The agent panel as browsers load it: its one page for all addresses that people go to, and its files. */
import express, { Router, type RequestHandler } from 'express';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Names of files under /assets/ hold a hash of their content. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const FOR_A_WHILE = 'public, max-age=3600';

/** What is under these is never an address of the panel. */
const NOT_PAGES = /^\/(api|assets|docs|files|socket\.io|widget)(\/|$)/;

const COMPRESSIONS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/**
 * Serves what `npm run build` has put into `folder`. Where nothing has been built there are no pages, and their
 * addresses are answered like any that does not exist.
 */
export function webPages(folder: string): Router {
  const router = Router();
  const panel = join(folder, 'panel');
  const page = join(panel, 'index.html');
  if (!existsSync(page)) return router;
  const files = express.static(panel, { index: false, redirect: false, setHeaders: describe });
  router.use(compressedFile(panel), files);
  router.get('/{*path}', async (req, res, next) => {
    // Programs get the answer that the API gives for what is not there.
    const wantsPage = req.get('accept')?.includes('text/html') ?? false;
    if (!wantsPage || NOT_PAGES.test(req.path)) return next();
    // Read anew: a build while we run brings files of other names.
    const html = await readFile(page, 'utf8');
    const nonce = randomBytes(16).toString('base64');
    res.setHeader('Content-Security-Policy', panelPolicy(nonce));
    res.setHeader('Cache-Control', 'no-store');
    res.type('html').send(html.replaceAll('__NONCE__', nonce));
  });
  return router;
}

/** Scripts and styles are our files, or bear the nonce of this answer. Nobody may put the panel into a frame. */
function panelPolicy(nonce: string): string {
  const own = `'self' 'nonce-${nonce}'`;
  return [
    `default-src 'none'`,
    `script-src ${own}`,
    `style-src ${own}`,
    `img-src 'self' data: blob:`,
    `media-src 'self' blob:`,
    `connect-src 'self'`,
    `font-src 'self'`,
    `manifest-src 'self'`,
    `worker-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/** Hands out the compressed twin of a file where the browser takes it; express.static then sends that. */
function compressedFile(folder: string): RequestHandler {
  return (req, res, next) => {
    if (req.method !== 'GET' || !/^\/[\w./-]+\.(js|css|svg|json)$/.test(req.path)) return next();
    res.vary('Accept-Encoding');
    for (const [encoding, ending] of COMPRESSIONS) {
      if (req.acceptsEncodings(encoding) !== encoding) continue;
      if (req.path.includes('..') || !existsSync(join(folder, req.path + ending))) continue;
      res.setHeader('Content-Encoding', encoding);
      req.url = req.path + ending;
      break;
    }
    next();
  };
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
};

function describe(res: express.Response, path: string): void {
  const kind = /\.([a-z]+)(\.br|\.gz)?$/.exec(path)?.[1] ?? '';
  if (TYPES[kind]) res.setHeader('Content-Type', TYPES[kind]);
  const hashed = /[\\/]assets[\\/]/.test(path);
  res.setHeader('Cache-Control', hashed ? FOR_EVER : FOR_A_WHILE);
}
