/** The website's page around the frame, where there is one. */
import { signal } from '@preact/signals';
import type { FromWidget, HostPage, HostUser, ToWidget } from './host-messages';
import { keptElsewhere } from './storage';

export type Init = Extract<ToWidget, { kind: 'init' }>;

/** Whether the frame is shown. A page of its own is always. */
export const open = signal(window.parent === window);
export const user = signal<HostUser | null>(null);
export const page = signal<HostPage | null>(null);
/** Whether there is a page around us that can close the window. */
export const framed = window.parent !== window;

let port: MessagePort | null = null;

/** Tells the page around us. */
export function tellHost(message: FromWidget): void {
  port?.postMessage(message);
}

/**
 * Waits for the page around us to say who it is. Only pages that the channel names can frame us (the page's own policy
 * sees to that), so its first word is believed, and all else goes through the port that comes with it.
 */
export function meetHost(): Promise<Init> {
  if (!framed) {
    const alone = { language: [...navigator.languages], own: 'en', dir: undefined };
    const page = { url: location.href, title: document.title };
    return Promise.resolve({ kind: 'init', ...alone, user: null, page, open: true, kept: {} });
  }
  return new Promise((resolve) => {
    const hear = ({ source, data, ports }: MessageEvent<ToWidget>): void => {
      const [given] = ports;
      if (source !== window.parent || data?.kind !== 'init' || !given) return;
      removeEventListener('message', hear);
      port = given;
      port.onmessage = ({ data: told }: MessageEvent<ToWidget>) => take(told);
      user.value = data.user;
      page.value = data.page;
      open.value = data.open;
      keptElsewhere(data.kept, (key, text) => tellHost({ kind: 'keep', key, text }));
      resolve(data);
    };
    addEventListener('message', hear);
  });
}

function take(told: ToWidget): void {
  if (told.kind === 'open') open.value = told.open;
  else if (told.kind === 'identify') user.value = told.user;
  else if (told.kind === 'page') page.value = told.page;
}
