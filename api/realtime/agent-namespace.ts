import type { Namespace, Server } from 'socket.io';
import type { z } from 'zod';
import {
  AGENT_NAMESPACE,
  conversationRef,
  conversationSubscription,
  listRef,
  presenceNews,
  type Ack,
  type AgentClientEvents,
  type AgentServerEvents,
} from '../../contracts/realtime';
import { AppError } from '../../core/errors';
import { readAgentState } from '../../db/agents/agent-state';
import { actorByToken, cookieOf } from '../middleware/authenticate';
import type { ApiDeps } from '../deps';
import type { Actor } from '../request-context';
import { AgentSocket, type AgentIo } from './agent-socket';
import { checked, endsSocket, refused, refuseHandshake } from './answer';
import type { Gate } from './gate';
import type { Hub } from './hub';

/** An open screen is a sign of life of its session, and a session that has ended closes its screens. */
const LOOK_AGAIN_MS = 20_000;
/** Messages that one screen may have waiting here. */
const MOST_WAITING = 100;

interface Data {
  actor: Actor;
  token: string;
}

type AgentNamespace = Namespace<AgentClientEvents, AgentServerEvents, object, Data>;

/** Serves the screens of agents. Returns what stops it. */
export function agentNamespace(io: Server, deps: ApiDeps, hub: Hub, gate: Gate): () => void {
  const namespace = io.of(AGENT_NAMESPACE) as AgentNamespace;
  const screens = new Map<AgentSocket, () => Promise<void>>();

  namespace.use((socket, next) => {
    gate
      .run(() => signIn(deps, socket.handshake))
      .then((data) => {
        Object.assign(socket.data, data);
        next();
      })
      .catch((error: unknown) => refuseHandshake(socket, error, next));
  });

  namespace.on('connection', (socket) => {
    const screen = new AgentSocket(deps, hub, socket, socket.data.actor);
    const inOrder = queueOf(socket);
    screens.set(screen, () =>
      inOrder(async () => {
        const actor = await gate.run(() => actorByToken(deps, socket.data.token));
        if (!actor) socket.disconnect(true);
        else await screen.become(actor);
      }).catch((error: unknown) => {
        if (endsSocket(error)) socket.disconnect(true);
      }),
    );
    listenTo(deps, socket, screen, inOrder);
    socket.on('disconnect', () => {
      screens.delete(screen);
      screen.close();
    });
  });

  const stopNews = hub.onEphemeral((news) => {
    for (const screen of screens.keys()) screen.hear(news);
  });
  const stopAgents = hub.onAgent((agentId) => {
    for (const [screen, lookAgain] of screens) if (screen.agentId === agentId) void lookAgain();
    const watchers = [...screens.keys()].filter((screen) => screen.watchesAgent(agentId));
    if (watchers.length === 0) return;
    readAgentState(deps.db, agentId)
      .then((state) => {
        if (state) for (const screen of watchers) screen.tellAgent(state);
      })
      .catch((error: unknown) => deps.log.warn({ err: error }, 'reading an agent'));
  });
  const timer = setInterval(() => {
    for (const lookAgain of screens.values()) void lookAgain();
  }, LOOK_AGAIN_MS);

  return () => {
    clearInterval(timer);
    stopNews();
    stopAgents();
  };
}

/**
 * The person behind a handshake: by the token in `auth`, or by the cookie, which counts only from our own pages.
 * @throws AppError UNAUTHENTICATED, ORIGIN_REFUSED
 */
async function signIn(deps: ApiDeps, handshake: AgentIo['handshake']): Promise<Data> {
  const given: unknown = handshake.auth['token'];
  const { origin, host, cookie } = handshake.headers;
  const token = typeof given === 'string' ? given : cookieOf(cookie);
  if (!token || token.length > 512) throw new AppError('UNAUTHENTICATED');
  if (typeof given !== 'string' && !isOurs(origin, host, deps.env.publicUrl)) {
    throw new AppError('ORIGIN_REFUSED');
  }
  const actor = await actorByToken(deps, token);
  if (!actor) throw new AppError('UNAUTHENTICATED');
  return { actor, token };
}

function isOurs(origin: string | undefined, host: string | undefined, publicUrl: string): boolean {
  if (!origin || !URL.canParse(origin)) return false;
  return new URL(origin).host === host || origin === new URL(publicUrl).origin;
}

type InOrder = <T>(work: () => Promise<T>) => Promise<T>;

/** One message of a screen after the other, so that an unsubscription never overtakes its subscription. */
function queueOf(socket: AgentIo): InOrder {
  let tail: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return (work) => {
    if (++waiting > MOST_WAITING) socket.disconnect(true);
    const done = tail.then(work);
    tail = done.catch(() => undefined).finally(() => waiting--);
    return done;
  };
}

function listenTo(deps: ApiDeps, socket: AgentIo, screen: AgentSocket, inOrder: InOrder): void {
  const on = <S extends z.ZodType, T extends object>(
    shape: S,
    work: (sent: z.output<S>) => Promise<T> | T,
  ) => {
    return (sent: unknown, answer?: unknown): void => {
      const reply = (ack: Ack<T>): void => {
        if (typeof answer === 'function') (answer as (ack: Ack<T>) => void)(ack);
      };
      inOrder(async () => work(checked(shape, sent)))
        .then((result) => reply({ ok: true, ...result }))
        .catch((error: unknown) => {
          const ack = refused(error);
          if (ack.code === 'INTERNAL') deps.log.error({ err: error }, 'a message failed');
          reply(ack);
        });
    };
  };
  socket.on(
    'conversation.subscribe',
    on(conversationSubscription, async (wanted) => ({
      rev: await screen.watchConversation(wanted),
    })),
  );
  socket.on(
    'conversation.unsubscribe',
    on(conversationRef, ({ conversationId }) => {
      screen.leaveConversation(conversationId);
      return {};
    }),
  );
  socket.on(
    'list.subscribe',
    on(listRef, async (ref) => {
      await screen.watchList(ref);
      return {};
    }),
  );
  socket.on(
    'list.unsubscribe',
    on(listRef, (ref) => {
      screen.leaveList(ref);
      return {};
    }),
  );
  socket.on(
    'presence',
    on(presenceNews, (news) => {
      screen.present(news);
      return {};
    }),
  );
}
