/** Customers: visitors of two websites, and people behind an open channel. Each writes, waits, rates, comes again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, ApiClient } from './api-client';
import { ORIGIN, type Installation } from './installation';
import type { AcceptedMessage, Logs } from './logs';
import type { Random } from './random';
import type { Vendor } from './vendor';

export interface Crowd {
  readonly api: ApiClient;
  readonly logs: Logs;
  readonly installation: Installation;
  readonly vendor: Vendor;
  /** Takes one message from what is to be sent; false where that is enough. */
  mayWrite(): boolean;
}

let people = 0;

/** One place at which customers come one after the other, until enough is written. */
export async function customersAt(crowd: Crowd, open: boolean, random: Random): Promise<void> {
  for (;;) {
    const name = `customer-${++people}`;
    const customer = open ? new OpenCustomer(crowd, name) : new Visitor(crowd, name, random);
    if (!(await customer.begin())) return;
    for (let visits = random.between(1, 3); visits > 0; visits--) {
      if (!(await oneVisit(crowd, customer, random))) return;
      await customer.await(random.between(2_000, 15_000));
      await sleep(random.between(100, 2_000));
    }
  }
}

/** Writes in bursts, and looks now and then what came back. */
async function oneVisit(crowd: Crowd, customer: Customer, random: Random): Promise<boolean> {
  for (let left = random.between(2, 14); left > 0; left--) {
    if (!crowd.mayWrite()) return false;
    await customer.write(`word ${people}-${random.between(0, 1e9)}`, random.percent(8));
    await sleep(random.percent(65) ? random.between(20, 150) : random.between(400, 2_500));
    if (random.percent(20)) await customer.look(random);
  }
  return true;
}

interface Customer {
  begin(): Promise<boolean>;
  write(text: string, twice: boolean): Promise<void>;
  /** Reads what is there, and reacts to it. */
  look(random: Random): Promise<void>;
  /** Waits for an answer to what was written last, with so much patience: a full house so has fewer guests. */
  await(patienceMs: number): Promise<void>;
}

const LOOK_EVERY_MS = 700;

async function lookUntil(
  seen: () => boolean | Promise<boolean>,
  patienceMs: number,
): Promise<void> {
  const end = Date.now() + patienceMs;
  while (Date.now() < end && !(await seen())) await sleep(LOOK_EVERY_MS);
}

/** Keeps what all answers to one message said. */
function keep(
  logs: Logs,
  sent: Omit<AcceptedMessage, 'messageIds'>,
  answers: readonly (Answer | null)[],
): void {
  const good = answers.filter((answer): answer is Answer => (answer?.status ?? 500) < 300);
  if (good.length === 0) return;
  const messageIds = [...new Set(good.map((answer) => String(answer.body.messageId)))];
  logs.messages.push({ ...sent, messageIds });
}

class OpenCustomer implements Customer {
  private written = 0;

  constructor(
    private readonly crowd: Crowd,
    private readonly name: string,
  ) {}

  async begin(): Promise<boolean> {
    return true;
  }

  async write(text: string, twice: boolean): Promise<void> {
    const { api, logs, installation, vendor } = this.crowd;
    const id = `${this.name}-${++this.written}`;
    const signed = vendor.sign({ id, from: { id: this.name, name: this.name }, text });
    const send = (): Promise<Answer | null> =>
      api.ask('POST', `/channels/${installation.openChannel}/receive`, { signed });
    const answers = await Promise.all(twice ? [send(), send()] : [send()]);
    keep(logs, { id, customer: this.name, text, answers: false }, answers);
  }

  await(patienceMs: number): Promise<void> {
    const { taken } = this.crowd.vendor.receiver;
    const before = taken.length;
    const answered = (): boolean => taken.slice(before).some(({ to }) => to.id === this.name);
    return lookUntil(answered, patienceMs);
  }

  /** Reports on a reply that was taken; a report may come at any time, and again. */
  async look(random: Random): Promise<void> {
    const { api, installation, vendor } = this.crowd;
    const { taken } = vendor.receiver;
    if (taken.length === 0) return;
    const { id } = random.pick(taken.slice(-20));
    const signed = vendor.sign({ messageId: id, state: random.pick(['delivered', 'read']) });
    await api.ask('POST', `/channels/${installation.openChannel}/status`, { signed });
  }
}

class Visitor implements Customer {
  private token = '';
  private written = 0;
  /** Of the last message that was taken. */
  private lastSeq = 0;
  private readonly site: string;

  constructor(
    private readonly crowd: Crowd,
    private readonly name: string,
    private readonly random: Random,
  ) {
    this.site = random.pick(crowd.installation.websites);
  }

  async begin(): Promise<boolean> {
    const path = `/visitor/channels/${this.site}/sessions`;
    const answer = await this.ask('POST', path, { name: this.name });
    this.token = String(answer?.body?.token ?? '');
    return this.token !== '';
  }

  async write(text: string, twice: boolean): Promise<void> {
    const { api, logs } = this.crowd;
    const id = `${this.name}-${++this.written}`;
    let sent = { id, text };
    let during: 'new' | 'answer' | undefined;
    // A message during a survey must say what it is; the survey may end before it does.
    for (let tries = 0; tries < 5; tries++) {
      const body = { ...sent, ...(during ? { during } : {}) };
      const headers = { origin: ORIGIN };
      const send = (): Promise<Answer | null> =>
        api.ask('POST', '/visitor/messages', { token: this.token, body, headers, keyed: false });
      const answers = await Promise.all(twice ? [send(), send()] : [send()]);
      keep(logs, { ...sent, customer: this.name, answers: during === 'answer' }, answers);
      this.lastSeq = answers[0]?.body?.seq ?? this.lastSeq;
      // Of two that were sent at once one may have been taken: then this id stands for its text.
      if (!answers.every((answer) => answer?.code === 'CONVERSATION_IN_SURVEY')) return;
      during = this.random.pick(['new', 'answer']);
      if (during === 'answer') sent = { id, text: `${this.random.between(1, 10)}` };
    }
  }

  await(patienceMs: number): Promise<void> {
    return lookUntil(async () => {
      const { conversation, messages } = await this.show();
      const open = conversation?.status === 'open' || conversation?.status === 'waiting';
      return !open || messages.at(-1)?.seq > this.lastSeq;
    }, patienceMs);
  }

  /** What the visitor's screen shows. */
  private async show(): Promise<Answer['body']> {
    const shown = await this.ask('GET', '/visitor/conversation');
    const { conversation = null, messages = [] } = shown?.body ?? {};
    for (const message of messages) this.crowd.logs.seen.add(message.id);
    return { conversation, messages };
  }

  async look(random: Random): Promise<void> {
    const { conversation } = await this.show();
    if (!conversation) return;
    const conversationId = conversation.id;
    if (conversation.survey?.state === 'running' && conversation.status === 'solved') {
      const rating = { conversationId, rating: random.between(1, 10) };
      const body = random.percent(70) ? rating : { conversationId, skip: true };
      if (random.percent(60)) await this.ask('POST', '/visitor/survey', body);
    } else if (conversation.status === 'open' && random.percent(4)) {
      await this.ask('POST', '/visitor/end', { conversationId });
    } else if (random.percent(20)) {
      await this.ask('POST', '/visitor/seen', { conversationId, seq: conversation.lastSeq });
    }
  }

  private ask(method: string, path: string, body?: object): Promise<Answer | null> {
    const headers = { origin: ORIGIN };
    const keyed = !path.endsWith('/seen');
    return this.crowd.api.ask(method, path, {
      token: this.token || undefined,
      body,
      headers,
      keyed,
    });
  }
}
