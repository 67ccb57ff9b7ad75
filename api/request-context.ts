import type { Request } from 'express';
import type { ApiDeps } from './deps';

/** A signed-in person behind a request. */
export interface Actor {
  readonly kind: 'agent';
  readonly id: string;
  readonly role: 'agent' | 'supervisor' | 'admin';
  readonly name: string;
  readonly sessionId: string;
}

export interface RequestContext {
  readonly deps: ApiDeps;
  readonly requestId: string;
  /** Set once the request is authenticated. */
  actor: Actor | null;
  /** Id of the endpoint that serves it. Unlike the address it never holds what somebody searched for. */
  endpoint: string;
}

const contexts = new WeakMap<object, RequestContext>();

/** Ties what is known of a request to it. */
export function setContext(req: Request, context: RequestContext): void {
  contexts.set(req, context);
}

/** What is known of a request. */
export function contextOf(req: Request): RequestContext {
  const context = contexts.get(req);
  if (!context) throw new Error('The request did not come through the app.');
  return context;
}
