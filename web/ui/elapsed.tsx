import { createContext, useContext } from 'react';
import { useTick } from './now';

/** Now by the server's clock; this computer's where nobody says otherwise. */
export const ClockContext = createContext<() => number>(() => Date.now());

/** Renders once a second, with the time there is. */
export function useNow(): number {
  const clock = useContext(ClockContext);
  useTick();
  return clock();
}

/** How long ago an instant was, live: 0:42, 12:05, 3:07:12. */
export function Elapsed({ since }: { readonly since: string }) {
  return <time dateTime={since}>{clockWords(useNow() - Date.parse(since))}</time>;
}

/** How long it is until an instant, live; 0:00 once it has passed. */
export function Remaining({ until }: { readonly until: string }) {
  return (
    <time dateTime={until}>
      {clockWords(Math.ceil((Date.parse(until) - useNow()) / 1000) * 1000)}
    </time>
  );
}

/** Milliseconds as a clock shows them; days are said apart, as 2 d 3:07:12. */
export function clockWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days > 0) return `${days} d ${hours}:${two(minutes)}`;
  if (hours > 0) return `${hours}:${two(minutes)}:${two(seconds % 60)}`;
  return `${minutes}:${two(seconds % 60)}`;
}
