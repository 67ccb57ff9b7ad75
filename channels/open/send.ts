import type { ChannelAccount, Outbound, SendIo, SendResult } from '../channel';
import { signedHeaders } from './signature';

const TIMEOUT_MS = 10_000;
const MAX_RETRY_AFTER_MS = 60 * 60 * 1000;

/** The receiver has understood and will never take it. */
const REFUSED = new Set([400, 401, 403, 404, 405, 410, 413, 415, 422]);

/**
 * One signed POST to the reply URL. The receiver recognises a repeat by the message's id, so whatever is not a clear
 * answer is tried again.
 */
export async function send(
  message: Outbound,
  account: ChannelAccount,
  io: SendIo,
): Promise<SendResult> {
  const url = replyUrl(account);
  if (!url) return { kind: 'failed', code: 'NO_REPLY_URL' };
  const body = Buffer.from(JSON.stringify(bodyOf(message)));
  let response: Response;
  try {
    response = await io.fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'switchyard',
        ...signedHeaders(account.secrets, message.messageId, body, io.now()),
      },
      body,
      // Somebody who answers with another address is not the one whom the administrator named.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    const late = (error as Error).name === 'TimeoutError';
    return { kind: 'retry', code: late ? 'TIMEOUT' : 'UNREACHABLE' };
  }
  // The status says all; a body of any length is not waited for.
  await response.body?.cancel().catch(() => undefined);
  return resultOf(response, io.now());
}

/** Where an administrator wants messages sent. Inside the own network too: that is where such systems live. */
function replyUrl({ settings }: ChannelAccount): URL | null {
  const given = settings['replyUrl'];
  if (typeof given !== 'string' || !URL.canParse(given)) return null;
  const url = new URL(given);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

function bodyOf(message: Outbound): object {
  const [file] = message.files;
  return {
    id: message.messageId,
    conversationId: message.conversationId,
    to: { id: message.to },
    text: message.text,
    ...(file ? { file } : {}),
    sentAt: new Date(message.writtenAt).toISOString(),
  };
}

function resultOf(response: Response, now: number): SendResult {
  const { status } = response;
  const code = `HTTP_${status}`;
  if (response.ok) return { kind: 'sent' };
  if (REFUSED.has(status) || (status >= 300 && status < 400)) return { kind: 'failed', code };
  return { kind: 'retry', code, afterMs: retryAfter(response.headers.get('retry-after'), now) };
}

/** Seconds or a date; undefined where there is neither. At most an hour. */
function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}
