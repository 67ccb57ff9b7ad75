import type { ErrorCode } from '../core/errors';
import { commandOutcome } from '../db/give-command';
import type { ApiDeps } from './deps';

const LONGEST_MS = 5_000;
const POLL_MS = 100;

/**
 * Waits until a command is decided: by wake-ups of its conversation, and by looking every 100 ms, since wake-ups may
 * be lost. Null after 5 s; the command stays and will be decided.
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
  try {
    for (;;) {
      const outcome = await commandOutcome(deps.db, conversationId, number);
      if (outcome !== null || performance.now() >= end) return outcome;
      await bell.wait(POLL_MS);
    }
  } finally {
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
