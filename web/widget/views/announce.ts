import { signal } from '@preact/signals';

/** What is said to those who hear the page instead of seeing it. */
export const announcement = signal('');

/** Says it, also where it was the last thing said. */
export function announce(text: string): void {
  announcement.value = '';
  requestAnimationFrame(() => (announcement.value = text));
}
