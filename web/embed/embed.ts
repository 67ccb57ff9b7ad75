/**
 * Puts the chat button on a website. What is said in a conversation lives in a frame of our own origin, which is loaded
 * when somebody is about to open it, or where a conversation goes on. The two speak through a port that the frame is
 * handed by its exact origin.
 */
import type { FromWidget, HostUser, ToWidget } from '../widget/state/host-messages';
import type { Launcher } from '../../contracts/widget';
import { styleOf } from './style';
import { wordsFor } from './words';

/** Given by the server, which puts this script into a function. */
declare const SWITCHYARD: Launcher & { readonly channel: string };

type Call = [name: string, ...rest: unknown[]];
type Queue = ((...call: Call) => void) & { q?: ArrayLike<unknown>[] };

function start(script: HTMLScriptElement): void {
  const { channel, position, accent, onAccent } = SWITCHYARD;
  const data = script.dataset;
  const { origin } = new URL(script.src);
  const global = window as unknown as { Switchyard?: Queue };
  const early = global.Switchyard?.q ?? [];
  const language = [data['language'], document.documentElement.lang, ...navigator.languages].filter(
    (tag): tag is string => Boolean(tag),
  );
  const words = wordsFor(language, SWITCHYARD.language);
  const flag = `switchyard.live.${channel}`;
  const shelf = `switchyard.kept.${channel}`;
  const shelved = (): Record<string, string> =>
    JSON.parse(fetchKept(shelf) ?? '{}') as Record<string, string>;

  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styleOf(position, accent, onAccent));
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement('button');
  button.type = 'button';
  button.append(
    icon('say', 'M21 12a8 8 0 0 1-8 8H4l1.5-3.5A8 8 0 1 1 21 12Z'),
    icon('shut', 'M6 9l6 6 6-6'),
  );
  const badge = document.createElement('b');
  badge.setAttribute('aria-hidden', 'true');
  button.append(badge);
  const live = document.createElement('div');
  live.className = 'live';
  live.setAttribute('role', 'status');
  root.append(button, live);

  let frame: HTMLIFrameElement | null = null;
  let port: MessagePort | null = null;
  let user: HostUser | null = userOf(data);
  let unread = 0;
  let open = false;

  const tell = (message: ToWidget): void => port?.postMessage(message);
  const page = (): { url: string; title: string } => ({
    url: location.href,
    title: document.title.slice(0, 200),
  });

  function load(): void {
    if (frame) return;
    const made = document.createElement('iframe');
    made.title = words.open;
    made.allow = 'clipboard-write';
    made.src = `${origin}/widget/${channel}`;
    made.addEventListener('load', () => {
      const pipe = new MessageChannel();
      port = pipe.port1;
      port.onmessage = ({ data: told }: MessageEvent<FromWidget>) => hear(told);
      const { language: own } = SWITCHYARD;
      const kept = shelved();
      const { dir } = data;
      const init: ToWidget = { kind: 'init', language, own, user, page: page(), open, dir, kept };
      // To our own origin, and no other page that may have come there.
      made.contentWindow?.postMessage(init, origin, [pipe.port2]);
    });
    frame = made;
    root.insertBefore(made, live);
    show();
  }

  function hear(told: FromWidget): void {
    if (told.kind === 'close') {
      set(false);
      button.focus();
    } else if (told.kind === 'unread') {
      if (told.count > unread && !open) live.textContent = words.unread(told.count);
      unread = told.count;
      show();
    } else if (told.kind === 'keep') {
      const { [told.key]: _, ...rest } = shelved();
      store(shelf, JSON.stringify(told.text === null ? rest : { ...rest, [told.key]: told.text }));
    } else {
      store(flag, told.live ? '1' : null);
    }
  }

  function show(): void {
    const shown = open ? 0 : unread;
    const name = open ? words.close : words.open;
    button.setAttribute('aria-label', shown > 0 ? `${name}, ${words.unread(shown)}` : name);
    button.setAttribute('aria-expanded', String(open));
    badge.textContent = shown > 0 ? (shown > 99 ? '99+' : String(shown)) : '';
    frame?.classList.toggle('open', open);
  }

  function set(wanted: boolean): void {
    open = wanted;
    if (open) load();
    live.textContent = '';
    show();
    if (open) frame?.focus();
    tell({ kind: 'open', open });
  }

  const calls: Readonly<Record<string, (given: unknown) => void>> = {
    open: () => set(true),
    close: () => set(false),
    toggle: () => set(!open),
    identify(given) {
      user = userOf((given ?? {}) as Record<string, unknown>);
      tell({ kind: 'identify', user });
    },
  };
  const api: Queue = (...[name, given]: Call) => {
    const call = calls[name];
    if (call) call(given);
    else console.warn(`Switchyard knows no "${name}".`);
  };

  button.addEventListener('click', () => set(!open));
  button.addEventListener('pointerenter', load);
  button.addEventListener('focus', load);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && open && event.composedPath().includes(host)) set(false);
  });
  // Pages that change without loading: by their title or by their history.
  let seen = location.href;
  setInterval(() => {
    if (seen === location.href) return;
    seen = location.href;
    tell({ kind: 'page', page: page() });
  }, 1000);

  show();
  document.body.append(host);
  global.Switchyard = api;
  for (const call of Array.from(early)) api(...(Array.from(call) as Call));
  if (fetchKept(flag)) load();
}

/** What the website's own storage holds; null where it is blocked. */
function fetchKept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function store(name: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    // Blocked or full: then the frame is loaded when it is opened, and knows what it knows.
  }
}

/** What a website says of its user, by attributes or by a call. */
function userOf(given: Readonly<Record<string, unknown>>): HostUser | null {
  const user: Record<string, string> = {};
  for (const key of ['id', 'name', 'email', 'phone', 'signature'] as const) {
    const attribute = `user${key.charAt(0).toUpperCase()}${key.slice(1)}`;
    const value = given[attribute] ?? given[key];
    if (typeof value === 'string' && value) user[key] = value;
  }
  return Object.keys(user).length > 0 ? user : null;
}

function icon(name: string, path: string): SVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', name);
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(space, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  const run = (): void => start(script);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', run);
  else run();
}
