import type { ErrorCode } from '../core/errors';
import { commandOutcome } from '../db/conversation/give-command';
import type { ApiDeps } from './deps';

const LONGEST_MS = 5_000;
const POLL_MS = 100;
/** Each of them asks the database ten times a second: where so many wait, others are told that it will be decided. */
const MOST_WAITING = 100;
let waiting = 0;

/**
 * Waits until a command is decided: by wake-ups of its conversation, and by looking every 100 ms, since wake-ups may
 * be lost. Null after 5 s, or at once where many wait already; the command stays and will be decided.
 */
export async function awaitOutcome(
  deps: Pick<ApiDeps, 'db' | 'hub'>,
  conversationId: string,
  number: number,
): Promise<'applied' | ErrorCode | null> {
  const end = performance.now() + LONGEST_MS;
  const bell = new Bell();
  const stop = deps.hub?.onConversation((id) => {
    if (id === conversationId) bell.ring();
  });
  waiting++;
  try {
    for (;;) {
      const outcome = await commandOutcome(deps.db, conversationId, number);
      const enough = waiting > MOST_WAITING || performance.now() >= end;
      if (outcome !== null || enough) return outcome;
      await bell.wait(POLL_MS);
    }
  } finally {
    waiting--;
    stop?.();
  }
}

/** Waits for a ring; one that comes while nobody waits is not lost. */
class Bell {
  private rung = false;
  private wake: (() => void) | null = null;

  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  async wait(longestMs: number): Promise<void> {
    if (!this.rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, longestMs);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.rung = false;
    this.wake = null;
  }
}
