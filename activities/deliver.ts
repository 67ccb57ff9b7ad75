import { Context } from '@temporalio/activity';
import type { Channel, Outbound, SendResult } from '../channels/channel';
import { channelOf } from '../channels/registry';
import type { AfterCommit } from '../db/after-commit';
import type { Database } from '../db/client';
import {
  channelOfConversation,
  finishAttempt,
  takeNext,
  type Attempt,
} from '../db/messages/deliveries';
import { openSecrets } from '../platform/channel-secrets';
import { signLink } from '../platform/signed-links';
import { ChannelSlots } from './channel-slots';

/** What sending needs beside the database. */
export interface Sending {
  /** The installation's secret: opens credentials, signs links to files. */
  readonly secret: string;
  /** Where receivers reach this installation, without a slash at the end. */
  readonly publicUrl: string;
  /** Counts attempts by what came of them. */
  readonly deliveries: { inc(labels: { kind: string; result: string }): unknown };
  /** The registry; a test may know further channels. */
  readonly channelOf?: ((kind: string) => Channel | undefined) | undefined;
}

export interface Delivered {
  /** After how many milliseconds it is worth looking again; null where nothing is left to be sent. */
  readonly retryInMs: number | null;
}

/** A run ends after this long, so that with the longest call behind it a stopping worker need not cut it off. */
const RUN_MS = 8_000;

/** A receiver may take its time to fetch a file. */
const FILE_LINK_MS = 60 * 60 * 1000;

/**
 * Sends the pending messages of a conversation in their order, where its channel has a slot. One that must be tried
 * again holds up those behind it; one that can never be sent is marked, and the next one goes.
 */
export function deliverPending(
  db: Database,
  afterCommit: AfterCommit,
  sending: Sending,
): (conversationId: string) => Promise<Delivered> {
  const find = sending.channelOf ?? channelOf;
  const repeatable = (kind: string): boolean => find(kind)?.capabilities.idempotentSend ?? false;
  const slots = new ChannelSlots();

  async function drain(conversationId: string): Promise<Delivered> {
    const { cancellationSignal, heartbeat } = Context.current();
    const end = performance.now() + RUN_MS;
    while (performance.now() < end && !cancellationSignal.aborted) {
      heartbeat();
      const { value: next, effects } = await takeNext(db, conversationId, repeatable);
      afterCommit.start(effects);
      if (next.kind === 'none') return { retryInMs: null };
      if (next.kind === 'wait') return { retryInMs: next.ms };
      if (next.kind === 'settled') {
        sending.deliveries.inc({ kind: next.channelKind, result: next.result });
        continue;
      }
      const { attempt } = next;
      const result = await send(attempt, find(attempt.channel.kind), sending);
      slots.note(attempt.channel.id, result);
      sending.deliveries.inc({ kind: attempt.channel.kind, result: result.kind });
      afterCommit.start((await finishAttempt(db, attempt, result)).effects);
    }
    return { retryInMs: 0 };
  }

  return async (conversationId) => {
    const channelId = await channelOfConversation(db, conversationId);
    if (channelId === null) return { retryInMs: null };
    const entered = slots.enter(channelId);
    if (entered !== 'entered') return { retryInMs: entered.againInMs };
    try {
      return await drain(conversationId);
    } finally {
      slots.leave(channelId);
    }
  };
}

async function send(
  attempt: Attempt,
  channel: Channel | undefined,
  { secret, publicUrl }: Sending,
): Promise<SendResult> {
  if (!channel?.send) return { kind: 'failed', code: 'NO_ADAPTER' };
  const { id, settings, sealed } = attempt.channel;
  const now = Date.now();
  const message: Outbound = {
    messageId: attempt.messageId,
    conversationId: attempt.conversationId,
    to: attempt.to,
    text: attempt.text,
    files: attempt.files.map((file) => ({
      name: file.name,
      mime: file.mime,
      size: file.size,
      url: publicUrl + signLink(secret, file.id, FILE_LINK_MS, now).path,
    })),
    writtenAt: attempt.writtenAt.getTime(),
  };
  const account = { id, settings, secrets: openSecrets(secret, sealed) };
  return channel.send(message, account, { fetch, now: Date.now });
}
