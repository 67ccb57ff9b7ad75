import type { Request, RequestHandler, Response, Router } from 'express';
import type { z } from 'zod';
import { takesBody, type Access, type Endpoint } from '../contracts/endpoint';
import { AppError } from '../core/errors';
import { authenticate } from './middleware/authenticate';
import { fieldsOf } from './middleware/errors';
import { answeredOnce, keyOf, requestKey } from './middleware/idempotency';
import { contextOf, type Actor } from './request-context';

type ActorOf<A extends Access> = A extends Actor['role'] ? Actor : null;

export interface Call<P, Q, B, A extends Access> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly actor: ActorOf<A>;
  /**
   * The id of this request: the same for a repeat with the same Idempotency-Key by the same actor on the same route,
   * a new uuid without one.
   */
  readonly key: string;
  readonly req: Request;
  readonly res: Response;
}

export interface ServeOptions {
  /** Runs after the access check and before the body is looked at: a reader of uploads. */
  readonly before?: readonly RequestHandler[] | undefined;
  /** Whose an Idempotency-Key is where no person is signed in: the visitor, the channel. */
  readonly scope?: ((req: Request) => string) | undefined;
}

/**
 * Serves an endpoint as its contract says: access first, then the form, then the handler, whose result is the answer.
 * A handler that sends its answer itself returns undefined; one that wants another of the contract's statuses sets it.
 */
export function serve<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
  A extends Access,
>(
  router: Router,
  contract: Endpoint<P, Q, B, R, A>,
  handler: (call: Call<z.output<P>, z.output<Q>, z.output<B>, A>) => Promise<z.input<R>>,
  options: ServeOptions = {},
): void {
  const handle: RequestHandler = async (req, res) => {
    const context = contextOf(req);
    context.endpoint = contract.id;
    context.actor = await personFor(contract, req);
    for (const step of options.before ?? []) await run(step, req, res);
    const key = contract.method === 'post' ? keyOf(req) : null;
    const scope = context.actor?.id ?? options.scope?.(req) ?? '';
    const { params, query, body } = parse(contract, req);
    let id: string | undefined;
    const answer = async (): Promise<{ status: number; body: unknown }> => {
      res.status(contract.status);
      const result = await handler({
        params,
        query,
        body,
        actor: context.actor as ActorOf<A>,
        get key() {
          return (id ??= requestKey(scope, contract.id, key));
        },
        req,
        res,
      });
      return { status: res.statusCode, body: result };
    };
    const stored = key !== null && scope !== '' && !contract.idempotent;
    if (!stored) return send(res, await answer());
    const asked = { actor: scope, route: contract.id, key, content: [params, query, body] };
    const kept = await answeredOnce(context.deps, asked, answer);
    if (kept.replayed) res.setHeader('Idempotency-Replayed', 'true');
    send(res, kept);
  };
  router[contract.method](contract.path.replace(/\{(\w+)\}/g, ':$1'), handle);
}

function send(res: Response, answer: { status: number; body: unknown }): void {
  if (res.headersSent || res.writableEnded) return;
  res.status(answer.status);
  if (answer.body === undefined || answer.status === 204) res.end();
  else res.json(answer.body);
}

async function personFor(contract: Endpoint, req: Request): Promise<Actor | null> {
  const { access } = contract;
  if (access !== 'agent' && access !== 'supervisor' && access !== 'admin') return null;
  return authenticate(contextOf(req).deps, req, access);
}

const run = (step: RequestHandler, req: Request, res: Response): Promise<void> =>
  new Promise((resolve, reject) => {
    const next = (error?: unknown): void => {
      if (error) reject(error instanceof Error ? error : new Error('a middleware failed'));
      else resolve();
    };
    Promise.resolve(step(req, res, next)).catch(reject);
  });

function parse<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  contract: Endpoint<P, Q, B>,
  req: Request,
): { params: z.output<P>; query: z.output<Q>; body: z.output<B> } {
  const params = contract.params.safeParse({ ...req.params });
  // A malformed id names nothing, like an unknown one.
  if (!params.success) throw new AppError('NOT_FOUND');
  const query = contract.query.safeParse({ ...req.query });
  if (!query.success) throw new AppError('INVALID_REQUEST', fieldsOf(query.error));
  return { params: params.data, query: query.data, body: bodyOf(contract, req) };
}

function bodyOf<B extends z.ZodType>(
  contract: Endpoint<z.ZodType, z.ZodType, B>,
  req: Request,
): z.output<B> {
  if (contract.bodyType !== 'json') return req.body as z.output<B>;
  const sent = req.headers['transfer-encoding'] !== undefined || req.get('content-length') !== '0';
  const hasType = req.get('content-type') !== undefined;
  if (takesBody(contract) && sent && hasType && !req.is('json')) {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE');
  }
  // Clients that send `{}` where nothing is asked for are left alone.
  const bare = !takesBody(contract) && isEmpty(req.body);
  const body = contract.body.safeParse(bare ? undefined : (req.body as unknown));
  if (!body.success) throw new AppError('INVALID_REQUEST', fieldsOf(body.error));
  return body.data;
}

const isEmpty = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && Object.keys(body).length === 0;
