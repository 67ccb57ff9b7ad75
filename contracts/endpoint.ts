import { z } from 'zod';
import type { ErrorCode } from '../core/errors';

/** Who may call: nobody in particular, a role or a higher one, a visitor's token, a channel's signature. */
export type Access = 'public' | 'agent' | 'supervisor' | 'admin' | 'visitor' | 'channel';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export type Status = 200 | 201 | 202 | 204;

/** One endpoint of the API as plain data: the server serves it, the document describes it, clients type by it. */
export interface Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
  A extends Access = Access,
> {
  /** Unique; the operationId of the document and the scope of idempotency keys. */
  readonly id: string;
  readonly method: Method;
  /** Under /api/v1, with `{name}` for parameters. */
  readonly path: string;
  /** The noun it belongs to in the document. */
  readonly tag: string;
  readonly summary: string;
  readonly description?: string | undefined;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** How the body travels. Only `json` is validated by the server; others are the handler's business. */
  readonly bodyType: 'json' | 'multipart' | 'raw';
  readonly response: R;
  /** Media type of the answer. */
  readonly responseType: string;
  /** The usual status; a handler may set another of `otherStatuses`. */
  readonly status: Status;
  readonly otherStatuses: readonly Status[];
  /** What it may refuse with, beside what every endpoint of its kind may. */
  readonly errors: readonly ErrorCode[];
  readonly access: A;
  /** True where the handler makes a repeat harmless by its `key`: the answer is then not stored. */
  readonly idempotent: boolean;
}

const nothing = z.strictObject({});
export type Nothing = typeof nothing;
const noContent = z.void();

/** Writes an endpoint with defaults for what is not said: no parameters, no query, no body, no content. */
export function endpoint<
  A extends Access,
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = typeof noContent,
>(definition: {
  id: string;
  method: Method;
  path: string;
  tag?: string | undefined;
  summary: string;
  description?: string | undefined;
  params?: P | undefined;
  query?: Q | undefined;
  body?: B | undefined;
  bodyType?: 'json' | 'multipart' | 'raw' | undefined;
  response?: R | undefined;
  responseType?: string | undefined;
  status?: Status | undefined;
  otherStatuses?: readonly Status[] | undefined;
  errors: readonly ErrorCode[];
  access: A;
  idempotent?: boolean | undefined;
}): Endpoint<P, Q, B, R, A> {
  return {
    ...definition,
    tag: definition.tag ?? definition.path.split('/')[1] ?? 'other',
    // The type parameters' defaults are these very schemas.
    params: definition.params ?? (nothing as unknown as P),
    query: definition.query ?? (nothing as unknown as Q),
    body: definition.body ?? (z.undefined() as unknown as B),
    bodyType: definition.bodyType ?? 'json',
    response: definition.response ?? (noContent as unknown as R),
    responseType: definition.responseType ?? 'application/json',
    status: definition.status ?? (definition.response ? 200 : 204),
    otherStatuses: definition.otherStatuses ?? [],
    idempotent: definition.idempotent ?? false,
  };
}

/** True where the endpoint takes a body. */
export const takesBody = (contract: Endpoint): boolean =>
  contract.bodyType !== 'json' || !(contract.body instanceof z.ZodUndefined);
