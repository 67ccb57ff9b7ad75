import { originAllowed } from '../channels/inbound';
import type { Env } from '../platform/env';

/** What a browser says of the page that asks. */
export interface AskingPage {
  readonly origin?: string | undefined;
  readonly referer?: string | undefined;
}

/**
 * True where a page may speak for visitors of a live chat: one of the websites that the channel names, or our own
 * widget, which only those websites may frame. Browsers leave Origin out of what a page reads from its own server, and
 * out of nothing else that carries a token; there the Referer says which page it was.
 */
export function pageAllowed(
  { publicUrl }: Pick<Env, 'publicUrl'>,
  { origin, referer }: AskingPage,
  settings: Readonly<Record<string, unknown>>,
): boolean {
  const asking = origin ?? originOf(referer);
  return asking === originOf(publicUrl) ? asking !== undefined : originAllowed(asking, settings);
}

function originOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;
}
