import { Router } from 'express';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { AppError } from '../../core/errors';
import { readFile } from '../../db/messages/files';
import { LINK_MS, verifyLink } from '../../platform/signed-links';
import type { ApiDeps } from '../deps';
import { contextOf } from '../request-context';

const signed = z.object({
  expires: z.string().max(12).regex(/^\d+$/),
  signature: z.string().max(100),
});

/** What signed links open: to be kept, never to be shown or run by a page of ours. */
export function storedFileRoutes({ db, env, storage }: ApiDeps): Router {
  const router = Router();
  router.get('/files/:id', async (req, res) => {
    contextOf(req).endpoint = 'openFile';
    const id = z.uuid().safeParse(req.params.id);
    const query = signed.safeParse({ ...req.query });
    // A link that is wrong, or whose time is over, opens nothing: like one to a file that never was.
    if (!id.success || !query.success) throw new AppError('NOT_FOUND');
    if (!verifyLink(env.secret, id.data, query.data, Date.now())) throw new AppError('NOT_FOUND');
    const file = await readFile(db, id.data);
    const content = file && (await storage.open(file.hash));
    if (!content) throw new AppError('NOT_FOUND');
    res.attachment(file.name);
    const text = file.mime.startsWith('text/');
    res.setHeader('Content-Type', text ? `${file.mime}; charset=utf-8` : file.mime);
    res.setHeader('Content-Length', content.size);
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    // The link is the permission, also for a page of a website that shows a picture.
    res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    res.setHeader('Cache-Control', `private, max-age=${LINK_MS / 1000}, no-transform`);
    // Whoever hangs up has had enough.
    await pipeline(content.stream, res).catch(() => content.stream.destroy());
  });
  return router;
}
