/** Sets the installation up through the API: queues with short durations, channels, agents. */
import type { ApiClient } from './api-client';

export const ORIGIN = 'http://shop.test';
export const PASSWORD = 'a password of the chaos';

export interface Installation {
  readonly queues: { readonly offer: string; readonly auto: string; readonly manual: string };
  readonly websites: readonly string[];
  readonly openChannel: string;
  /** Of the open channel: base64. */
  readonly signingKey: Buffer;
  readonly agents: readonly { readonly id: string; readonly email: string }[];
  setReplyUrl(url: string): Promise<void>;
}

const SECOND = 1000;
const settings = {
  offerMs: 2 * SECOND,
  roundPauseMs: SECOND,
  missedOffersToPause: 3,
  waitingMs: 3 * SECOND,
  waitingFactor: 0.5,
  confirmMs: 3 * SECOND,
  firstResponseMs: 8 * SECOND,
  idleMs: 15 * SECOND,
  survey: { enabled: true, expiryMs: 3 * SECOND },
};

export async function installOn(api: ApiClient, agentCount: number): Promise<Installation> {
  const call = async (method: string, path: string, token?: string, body?: unknown) => {
    const answer = await api.ask(method, path, { token, body });
    if (!answer || answer.status >= 300) throw new Error(`${method} ${path}: ${answer?.code}`);
    return answer.body;
  };
  const signedIn = await call('POST', '/sessions', undefined, {
    email: 'admin@example.com',
    password: 'switchyard-demo',
    state: 'paused',
  });
  const token = signedIn.token as string;
  const queue = async (delivery: string): Promise<string> =>
    (await call('POST', '/queues', token, { name: `Chaos ${delivery}`, delivery, settings })).id;
  const queues = {
    offer: await queue('offer'),
    auto: await queue('auto'),
    manual: await queue('manual'),
  };
  const channel = (kind: string, queueId: string, given: object) =>
    call('POST', '/channels', token, { kind, name: `Chaos ${kind}`, queueId, settings: given });
  const websites: string[] = [];
  for (const queueId of [queues.offer, queues.auto]) {
    const made = await channel('live-chat', queueId, { allowedOrigins: [ORIGIN] });
    websites.push(made.channel.id);
  }
  const open = await channel('open', queues.auto, { replyUrl: null, windowMode: 'none' });
  const engage = async (at: number): Promise<{ id: string; email: string }> => {
    const email = `agent-${at}@chaos.test`;
    const agent = { email, name: `Agent ${at}`, password: PASSWORD };
    const { id } = await call('POST', '/agents', token, agent);
    for (const queueId of Object.values(queues)) {
      await call('PUT', `/queues/${queueId}/members/${id}`, token, {});
    }
    return { id, email };
  };
  const agents = await Promise.all([...Array(agentCount).keys()].map((at) => engage(at + 1)));
  return {
    queues,
    websites,
    openChannel: open.channel.id,
    signingKey: Buffer.from(String(open.signingSecret).replace('whsec_', ''), 'base64'),
    agents,
    setReplyUrl: (replyUrl) =>
      call('PATCH', `/channels/${open.channel.id}`, token, { settings: { replyUrl } }),
  };
}
