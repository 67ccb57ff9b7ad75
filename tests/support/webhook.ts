/** An open channel, and signed requests to it as a customer's system would make them. */
import { createHmac } from 'node:crypto';
import type request from 'supertest';
import { newId } from '../../db/ids';
import { sealSecrets } from '../../platform/channel-secrets';
import type { TestApi } from './api';

const WEBHOOK_KEY = Buffer.from('key of the customer');

export async function makeOpenChannel(
  api: TestApi,
  queueId: string,
  settings: object = {},
): Promise<string> {
  const id = newId();
  const sealed = sealSecrets(api.deps.env.secret, [`whsec_${WEBHOOK_KEY.toString('base64')}`]);
  await api.db.query(
    `INSERT INTO channel (id, kind, name, queue_id, settings, sealed) VALUES ($1, 'open', 'Open', $2, $3, $4)`,
    [id, queueId, JSON.stringify(settings), sealed],
  );
  return id;
}

export interface SignedBy {
  readonly key?: Buffer;
  /** Seconds since 1970. */
  readonly timestamp?: number;
  readonly id?: string;
}

/** Headers of Standard Webhooks over these bytes. */
export function webhookHeaders(body: string, by: SignedBy = {}): Record<string, string> {
  const id = by.id ?? newId();
  const timestamp = String(by.timestamp ?? Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', by.key ?? WEBHOOK_KEY)
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}

/** A signed POST to one of the channel's addresses. */
export function webhook(
  api: TestApi,
  channelId: string,
  address: 'receive' | 'status',
  content: object | string,
  by: SignedBy = {},
): request.Test {
  const body = typeof content === 'string' ? content : JSON.stringify(content);
  return api
    .call('post', `/channels/${channelId}/${address}`)
    .set({ 'content-type': 'application/json', ...webhookHeaders(body, by) })
    .send(body);
}
