/**
 * What this browser keeps for a channel, in the storage of our frame. Where the browser blocks that (a frame of another
 * website is a third party) the website's own page keeps it for us; where it cannot either, it lasts as long as the page.
 */
const memory = new Map<string, string>();
const PREFIX = 'switchyard.';

const channel = location.pathname.split('/').at(-1) ?? '';

/** The channel of this page, by its address. */
export const channelId = channel;

const nameOf = (key: string): string => `${PREFIX}${channel}.${key}`;

let own: Storage | null = null;
try {
  own = localStorage;
} catch {
  // Blocked: reading the very name is refused.
}
let tellKeeper: ((key: string, text: string | null) => void) | null = null;

/** Lets the website's page keep it, with what it has kept so far, where this browser keeps nothing for us. */
export function keptElsewhere(
  kept: Readonly<Record<string, string>>,
  keeper: (key: string, text: string | null) => void,
): void {
  if (own) return;
  for (const [key, text] of Object.entries(kept)) memory.set(nameOf(key), text);
  tellKeeper = keeper;
}

/** What was kept under this name; null where there is nothing, or nothing that can be read. */
export function recall<T>(key: string): T | null {
  const name = nameOf(key);
  try {
    const text = own?.getItem(name) ?? memory.get(name);
    return text === undefined ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

/** Keeps it; null forgets it. */
export function keep(key: string, value: unknown): void {
  const name = nameOf(key);
  const text = value === null ? null : JSON.stringify(value);
  if (text === null) memory.delete(name);
  else memory.set(name, text);
  tellKeeper?.(key, text);
  try {
    if (text === null) own?.removeItem(name);
    else own?.setItem(name, text);
  } catch {
    // Full: it is in memory.
  }
}
