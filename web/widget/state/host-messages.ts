/** What the website's page and the widget in its frame tell each other, through a port of their own. */

/** What a website says of its user. `signature` proves `id`; the rest is what it says. */
export interface HostUser {
  readonly id?: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly signature?: string;
}

export interface HostPage {
  readonly url: string;
  readonly title: string;
}

export type ToWidget =
  | {
      readonly kind: 'init';
      /** Tags, the most wanted first. */
      readonly language: readonly string[];
      /** The channel's own. */
      readonly own: string;
      readonly user: HostUser | null;
      readonly page: HostPage;
      readonly open: boolean;
      readonly dir: string | undefined;
      /** What the widget has let the page keep. */
      readonly kept: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'open'; readonly open: boolean }
  | { readonly kind: 'identify'; readonly user: HostUser | null }
  | { readonly kind: 'page'; readonly page: HostPage };

export type FromWidget =
  | { readonly kind: 'close' }
  | { readonly kind: 'unread'; readonly count: number }
  /** What is to be kept over reloads, by a browser that keeps nothing for the frame; null forgets it. */
  | { readonly kind: 'keep'; readonly key: string; readonly text: string | null }
  /** Whether a conversation goes on, of which the page is to hear again after a reload. */
  | { readonly kind: 'live'; readonly live: boolean };
