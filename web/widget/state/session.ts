/** Who this browser is for the API: a session that is begun with the page, and begun again when it is no longer good. */
import { signal } from '@preact/signals';
import type { VisitorConversation } from '../../../contracts/visitor';
import type { Widget } from '../../../contracts/widget';
import { pause, pauseAfter } from './backoff';
import { call, Refusal, useToken } from './call';
import { conversation, readAgain, show } from './conversation';
import { user } from './host';
import { channelId, keep, recall } from './storage';
import { speak } from './words';

export interface Channel {
  readonly name: string;
  readonly welcome: string | null;
  readonly maxFileBytes: number;
  readonly open: boolean;
  readonly opensAt: string | null;
  readonly staffed: boolean;
  readonly widget: Widget;
}

interface Session {
  readonly token: string;
  readonly resumed: boolean;
  readonly channel: Channel;
  readonly conversation: VisitorConversation | null;
}

/** What a form asked. */
export interface Told {
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly answers?: Readonly<Record<string, string>>;
}

export const channel = signal<Channel | null>(null);
/** Set where there is no chat to be had: switched off, gone, or not for this website. */
export const refusedBy = signal<string | null>(null);

let token: string | null = recall<string>('token');
let wanted: readonly string[] = [];

/** For the socket. */
export const presentToken = (): string => token ?? '';

/** Begins, or goes on where the last visit ended; patient while the server cannot be reached. */
export async function begin(language: readonly string[]): Promise<void> {
  wanted = language;
  for (let failures = 0; ; failures++) {
    try {
      await renew();
      await readAgain();
      return;
    } catch (error) {
      if (!(error instanceof Refusal) || !error.passing) {
        refusedBy.value = error instanceof Refusal ? error.code : 'INTERNAL';
        return;
      }
      await pause(error.retryAfterMs ?? pauseAfter(failures));
    }
  }
}

/** Asks for a session, with what a form has asked and what the website says of its user. @throws Refusal */
export async function renew(told: Told = {}): Promise<void> {
  const { id, signature, ...said } = user.value ?? {};
  const proven = id !== undefined && signature !== undefined;
  const session = await call<Session>(`/channels/${channelId}/sessions`, {
    method: 'POST',
    body: {
      ...(token === null ? {} : { token }),
      ...said,
      ...told,
      language: wanted,
      ...(proven ? { user: { id, signature } } : { signedOut: true }),
    },
  });
  token = session.token;
  keep('token', token);
  useToken(token);
  await speak(session.channel.widget.language);
  channel.value = session.channel;
  // Another visitor's messages are not ours to show.
  if (session.conversation?.id !== conversation.value?.id) show(session.conversation, []);
}
