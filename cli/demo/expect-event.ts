import type { Socket } from 'socket.io-client';
import { Failure, reasonOf } from '../failure';

const PATIENCE_MS = 15_000;

/** Connects. @throws Failure where the server refuses or does not answer */
export async function connected(socket: Socket, who: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.once('connect_error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    socket.connect();
  }).catch((error: unknown) => {
    throw new Failure(`The socket of ${who} could not be opened: ${reasonOf(error)}`);
  });
}

/** Sends something that is answered. @throws Failure with the refusal */
export async function ask<T extends object>(
  socket: Socket,
  event: string,
  what: object,
): Promise<T> {
  const answer = (await socket
    .timeout(PATIENCE_MS)
    .emitWithAck(event, what)
    .catch(() => ({ ok: false, message: 'no answer' }))) as { ok: boolean; message?: string } & T;
  if (!answer.ok) throw new Failure(`"${event}" was refused: ${answer.message ?? 'no reason'}`);
  return answer;
}

/**
 * Listens from now on, and later waits for the first news that fits.
 * @param what for the failure: what did not come
 */
export function expectEvent<T>(
  socket: Socket,
  event: string,
  what: string,
  fits: (news: T) => boolean,
  patienceMs = PATIENCE_MS,
): { arrived: () => Promise<T> } {
  const arrival = new Promise<T>((resolve) => {
    const hear = (news: T): void => {
      if (!fits(news)) return;
      socket.off(event, hear);
      resolve(news);
    };
    socket.on(event, hear);
  });
  return {
    async arrived() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        const sentence = `${what} did not happen within ${patienceMs / 1000} s.`;
        timer = setTimeout(() => reject(new Failure(sentence)), patienceMs);
      });
      try {
        return await Promise.race([arrival, late]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
