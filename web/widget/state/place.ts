/** Whether anybody is there, and the visitor's place in line; asked again and again while it is looked at. */
import { computed, effect, signal } from '@preact/signals';
import { call } from './call';
import { conversation } from './conversation';
import { open } from './host';
import { channel } from './session';

interface Place {
  readonly open: boolean;
  readonly opensAt: string | null;
  readonly staffed: boolean;
  readonly inLine: boolean;
  readonly position: number | null;
}

const EVERY_MS = 10_000;

const read = signal<Place | null>(null);

/** The last that was heard. */
export const place = computed<Place>(() => {
  const { open: isOpen = true, opensAt = null, staffed = true } = channel.value ?? {};
  return read.value ?? { open: isOpen, opensAt, staffed, inLine: false, position: null };
});

/** True while somebody is there to answer. */
export const answered = computed(() => place.value.open && place.value.staffed);

async function look(): Promise<void> {
  try {
    read.value = await call<Place>('/place');
  } catch {
    // The next time.
  }
}

/** Looks while the widget is open and it matters: before a conversation, and in line. */
export function watchPlace(): void {
  effect(() => {
    const matters = !conversation.value || conversation.value.inLine;
    if (!open.value || !matters || !channel.value) return undefined;
    void look();
    const timer = setInterval(() => void look(), EVERY_MS);
    return () => clearInterval(timer);
  });
}
