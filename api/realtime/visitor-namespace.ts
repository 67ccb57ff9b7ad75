import type { Namespace, Server } from 'socket.io';
import type { z } from 'zod';
import type { Ack } from '../../contracts/realtime';
import {
  VISITOR_NAMESPACE,
  visitorHolds,
  visitorTyping,
  type VisitorClientEvents,
  type VisitorServerEvents,
} from '../../contracts/visitor-realtime';
import { AppError } from '../../core/errors';
import type { ApiDeps } from '../deps';
import { knowVisitor, type KnownVisitor } from '../visitor-of-request';
import { checked, endsSocket, refused, refuseHandshake } from './answer';
import type { Gate } from './gate';
import type { Hub } from './hub';
import { VisitorSocket, type VisitorIo } from './visitor-socket';

/** A token that has run out, and a website that is no longer allowed, end their sockets within this time. */
const LOOK_AGAIN_MS = 60_000;

interface Data {
  known: KnownVisitor;
}

type VisitorNamespace = Namespace<VisitorClientEvents, VisitorServerEvents, object, Data>;

/** Serves the widgets on websites. Returns what stops it. */
export function visitorNamespace(io: Server, deps: ApiDeps, hub: Hub, gate: Gate): () => void {
  const namespace = io.of(VISITOR_NAMESPACE) as VisitorNamespace;
  const browsers = new Map<VisitorSocket, () => void>();

  namespace.use((socket, next) => {
    gate
      .run(() => signIn(deps, socket.handshake))
      .then((known) => {
        socket.data.known = known;
        next();
      })
      .catch((error: unknown) => refuseHandshake(socket, error, next));
  });

  namespace.on('connection', (socket) => {
    const browser = new VisitorSocket(deps, hub, socket, socket.data.known);
    browsers.set(browser, () => {
      gate
        .run(() => signIn(deps, socket.handshake))
        .catch((error: unknown) => {
          if (endsSocket(error)) socket.disconnect(true);
        });
    });
    listenTo(deps, socket, browser);
    socket.on('disconnect', () => {
      browsers.delete(browser);
      browser.close();
    });
  });

  const stopNews = hub.onEphemeral((news) => {
    for (const browser of browsers.keys()) browser.hear(news);
  });
  const timer = setInterval(() => {
    for (const lookAgain of browsers.values()) lookAgain();
  }, LOOK_AGAIN_MS);

  return () => {
    clearInterval(timer);
    stopNews();
  };
}

/** @throws AppError UNAUTHENTICATED, ORIGIN_REFUSED */
async function signIn(deps: ApiDeps, handshake: VisitorIo['handshake']): Promise<KnownVisitor> {
  const token: unknown = handshake.auth['token'];
  if (typeof token !== 'string' || token.length > 1000) throw new AppError('UNAUTHENTICATED');
  const { origin, referer } = handshake.headers;
  return knowVisitor(deps, { authorization: `Bearer ${token}`, origin, referer });
}

function listenTo(deps: ApiDeps, socket: VisitorIo, browser: VisitorSocket): void {
  const on =
    <S extends z.ZodType, T extends object>(
      shape: S,
      work: (sent: z.output<S>) => Promise<T> | T,
    ) =>
    (sent: unknown, answer?: unknown): void => {
      const reply = (ack: Ack<T>): void => {
        if (typeof answer === 'function') (answer as (ack: Ack<T>) => void)(ack);
      };
      Promise.resolve()
        .then(() => work(checked(shape, sent)))
        .then((result) => reply({ ok: true, ...result }))
        .catch((error: unknown) => {
          const ack = refused(error);
          if (ack.code === 'INTERNAL') deps.log.error({ err: error }, 'a message failed');
          reply(ack);
        });
    };
  socket.on(
    'follow',
    on(visitorHolds, async (holds) => ({ conversationId: await browser.follow(holds) })),
  );
  socket.on(
    'typing',
    on(visitorTyping, (news) => {
      browser.type(news);
      return {};
    }),
  );
}
