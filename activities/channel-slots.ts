/**
 * How many calls one channel may have under way in this process. A receiver that hangs holds each call for many
 * seconds: without a bound its conversations would take every slot of the worker from all other channels.
 */
import type { SendResult } from '../channels/channel';

/** Well below the worker's slots. */
const MOST = 40;
/** Enough to notice that a receiver is well again. */
const MOST_IN_TROUBLE = 2;

/** Nobody asks a receiver in trouble more often; at random, so that its conversations do not come together. */
const TROUBLE_PAUSE_MS = 15_000;
const BUSY_PAUSE_MS = 1_000;

interface Slots {
  running: number;
  /** Its last call was not answered, or too late. */
  trouble: boolean;
}

export class ChannelSlots {
  private readonly channels = new Map<string, Slots>();

  /** Takes a slot; where there is none, after how many milliseconds it is worth asking again. */
  enter(channelId: string): 'entered' | { readonly againInMs: number } {
    const slots = this.channels.get(channelId) ?? { running: 0, trouble: false };
    if (slots.running >= (slots.trouble ? MOST_IN_TROUBLE : MOST)) {
      const pause = slots.trouble ? TROUBLE_PAUSE_MS : BUSY_PAUSE_MS;
      return { againInMs: Math.ceil(pause * (1 + Math.random())) };
    }
    slots.running++;
    this.channels.set(channelId, slots);
    return 'entered';
  }

  /** Takes note of what came of a call. */
  note(channelId: string, result: SendResult): void {
    const slots = this.channels.get(channelId);
    if (slots) slots.trouble = result.kind === 'retry' && SILENT.has(result.code);
  }

  leave(channelId: string): void {
    const slots = this.channels.get(channelId);
    if (!slots) return;
    slots.running--;
    if (slots.running === 0 && !slots.trouble) this.channels.delete(channelId);
  }
}

/** There was no answer at all. */
const SILENT = new Set(['TIMEOUT', 'UNREACHABLE']);
