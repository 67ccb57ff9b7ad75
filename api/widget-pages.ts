import express, { Router, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError } from '../core/errors';
import { liveChatSettings } from '../contracts/channel-settings';
import { DEMO } from '../prisma/seed';
import { channelOfKind } from './channel-of-request';
import type { ApiDeps } from './deps';
import { languageOf, launcherOf, settingsOfLiveChat } from './shown-widget';

/** Where the built apps are: beside us where we are built ourselves. */
const root = join(__dirname, '..');
const folder = join(root, basename(root) === 'dist' ? 'web' : 'dist/web');

/** A page that has the loader sees changed colours after this time. */
const LOADER_MAX_AGE_S = 300;
const FOR_EVER = 'public, max-age=31536000, immutable';

/** A built file's text, read once. */
function built(...path: string[]): () => string {
  let text: string | undefined;
  return () => (text ??= read(join(folder, ...path)));
}

/** @throws AppError NOT_FOUND where it was not built */
function read(file: string): string {
  if (!existsSync(file)) throw new AppError('NOT_FOUND');
  return readFileSync(file, 'utf8');
}

/** The loader that websites include, the page that it shows in a frame, and a shop to try both. */
export function widgetPages(deps: ApiDeps): Router {
  const router = Router();
  const loader = built('embed', 'embed.js');
  const page = built('widget', 'index.html');
  const shop = built('shop', 'index.html');

  router.get('/embed.js', async (req, res) => {
    const channel = await channelOfKind(deps, 'live-chat', req.query['channel']);
    if (!channel.enabled) throw new AppError('NOT_FOUND');
    const settings = settingsOfLiveChat(channel.settings);
    const given = { channel: channel.id, ...launcherOf(settings, languageOf(settings, [])) };
    // Any page may load it; what it shows is up to the frame's own policy.
    res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    res.setHeader('Access-Control-Allow-Origin', '*');
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('Cache-Control', `public, max-age=${LOADER_MAX_AGE_S}`);
    const words = JSON.stringify(given).replace(/</g, '\\u003c');
    res.type('js').send(`(function(SWITCHYARD){${loader()}})(${words});\n`);
  });

  router.use('/widget/assets', assets('widget'));
  router.get('/widget/:channelId', async (req, res) => {
    const { settings } = await channelOfKind(deps, 'live-chat', req.params.channelId);
    const { allowedOrigins, avatarUrl } = liveChatSettings.parse(settings);
    const pictures = avatarUrl === undefined ? [] : [new URL(avatarUrl).origin];
    await secured(deps, req, res, {
      imgSrc: ["'self'", 'data:', 'blob:', ...pictures],
      connectSrc: ["'self'", socketsOf(deps.env.publicUrl)],
      frameAncestors: ["'self'", ...allowedOrigins],
    });
    res.type('html').send(page());
  });

  router.use('/shop/assets', assets('shop'));
  router.get('/shop', async (req, res) => {
    // Only where the demo data is: elsewhere there is no such channel.
    const channel = await channelOfKind(deps, 'live-chat', DEMO.website);
    await secured(deps, req, res, {
      imgSrc: ["'self'", 'data:'],
      frameSrc: ["'self'"],
      frameAncestors: ["'none'"],
    });
    res.type('html').send(shop().replaceAll('CHANNEL_ID', channel.id));
  });
  return router;
}

/** Files whose names change with their content. */
const assets = (app: string): RequestHandler =>
  express.static(join(folder, app, 'assets'), {
    index: false,
    redirect: false,
    setHeaders: (res) => {
      res.setHeader('Cache-Control', FOR_EVER);
      res.setHeader('X-Content-Type-Options', 'nosniff');
      res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    },
  });

const socketsOf = (publicUrl: string): string => new URL(publicUrl).origin.replace(/^http/, 'ws');

/** The policy of a page of ours: its own scripts and styles, and what else is named. */
async function secured(
  { env }: ApiDeps,
  req: express.Request,
  res: Response,
  directives: Readonly<Record<string, string[]>>,
): Promise<void> {
  const policy = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        ...directives,
      },
    },
    // Which sites may frame the page is said by the policy; the older header knows only "none" and "own".
    xFrameOptions: false,
    // A website that isolates itself may still show the widget.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: env.publicUrl.startsWith('https:'),
  });
  await new Promise<void>((resolve) => policy(req, res, () => resolve()));
  res.removeHeader('X-Frame-Options');
  res.setHeader('Cache-Control', 'no-cache');
}
