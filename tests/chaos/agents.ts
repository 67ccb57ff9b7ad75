/** Agents at their screens, and a supervisor: offers, replies, transfers, pauses, and everything twice now and then. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, ApiClient } from './api-client';
import { PASSWORD, type Installation } from './installation';
import type { Logs } from './logs';
import type { Random } from './random';

/** How it goes: lively during the load, and then all bring what they have to its end. */
export interface Shift {
  finishing: boolean;
  over: boolean;
  /** Agents who never answer an offer, until all are finishing: so some always lapse. */
  readonly sleepers: ReadonlySet<string>;
}

interface Row {
  readonly id: string;
  readonly status: string;
  readonly placement: string | null;
  readonly ownerId: string | null;
  readonly queueId: string;
  readonly lastSeq: number;
  readonly lastInSeq: number;
  readonly lastOutSeq: number;
}

const STEP_MS = 700;
const HEARTBEAT_MS = 15_000;
const READY_MS = 8_000;

/** Works until the shift is over. `me` null is the supervisor. */
export async function work(
  api: ApiClient,
  logs: Logs,
  installation: Installation,
  me: Installation['agents'][number] | null,
  shift: Shift,
  random: Random,
): Promise<void> {
  const person = new Person(api, logs, installation, me, shift, random);
  while (!shift.over) {
    await person.step();
    await sleep(random.between(STEP_MS / 2, (STEP_MS * 3) / 2));
  }
}

class Person {
  private token: string | null = null;
  private heard = 0;
  private ready = 0;
  private said = 0;

  constructor(
    private readonly api: ApiClient,
    private readonly logs: Logs,
    private readonly installation: Installation,
    private readonly me: Installation['agents'][number] | null,
    private readonly shift: Shift,
    private readonly random: Random,
  ) {}

  async step(): Promise<void> {
    if (!this.token && !(await this.signIn())) return;
    await this.showLife();
    if (this.me) await this.asAgent(this.me.id);
    else if (!this.shift.finishing) await this.asSupervisor();
  }

  private async signIn(): Promise<boolean> {
    const body = this.me
      ? { email: this.me.email, password: PASSWORD }
      : { email: 'supervisor@example.com', password: 'switchyard-demo', state: 'paused' };
    const answer = await this.api.ask('POST', '/sessions', { body });
    this.token = answer?.status === 201 ? String(answer.body.token) : null;
    this.heard = this.ready = Date.now();
    return this.token !== null;
  }

  private async showLife(): Promise<void> {
    if (Date.now() - this.heard > HEARTBEAT_MS) {
      this.heard = Date.now();
      await this.ask('POST', '/sessions/current/heartbeat');
    }
    // Who missed too many offers was paused; nobody stays so for long.
    if (this.me && Date.now() - this.ready > READY_MS) {
      this.ready = Date.now();
      await this.ask('PUT', `/agents/${this.me.id}/state`, { state: 'available' });
    }
  }

  private async asAgent(id: string): Promise<void> {
    const { random } = this;
    const list = await this.ask('GET', '/conversations?view=mine&limit=100');
    for (const row of (list?.body?.items ?? []) as Row[]) {
      if (row.ownerId !== id) continue;
      if (row.placement === 'offered') await this.answerOffer(row);
      else if (row.status === 'open') await this.attend(row);
      else if (row.status === 'waiting' && random.percent(10)) await this.command(row, 'resume');
    }
    if (random.percent(this.shift.finishing ? 60 : 4)) await this.takeOne();
    if (this.shift.finishing) return;
    if (random.percent(1)) {
      await this.ask('PUT', `/agents/${id}/state`, { state: 'paused', reason: 'coffee' });
    }
    if (random.percent(0.5)) {
      await this.ask('DELETE', `/sessions/current?open=${random.pick(['release', 'keep'])}`);
      this.token = null;
    }
  }

  private async answerOffer(row: Row): Promise<void> {
    if (!this.shift.finishing && this.shift.sleepers.has(row.ownerId ?? '')) return;
    const kind = this.random.weighted({ accept: 80, reject: 8, ignore: 12 });
    if (kind !== 'ignore') await this.claim(row, kind);
  }

  private async takeOne(): Promise<void> {
    const list = await this.ask('GET', '/conversations?view=unassigned&limit=5');
    const rows = (list?.body?.items ?? []) as Row[];
    if (rows.length > 0) await this.claim(this.random.pick(rows), 'take');
  }

  private async attend(row: Row): Promise<void> {
    const { random, installation } = this;
    const unanswered = row.lastInSeq > row.lastOutSeq;
    if (unanswered && random.percent(75)) return this.say(row, random.percent(5));
    if (unanswered) return;
    const { queues, agents } = installation;
    const what = this.shift.finishing
      ? 'solve'
      : random.weighted({
          ...{ nothing: 40, solve: 32, close: 4, wait: 6, queue: 6, agent: 6, say: 6 },
        });
    switch (what) {
      case 'say':
        return this.say(row, random.percent(30));
      case 'wait': {
        const until = new Date(Date.now() + random.between(500, 4_000)).toISOString();
        return this.command(row, 'setWaiting', random.percent(50) ? { until } : {});
      }
      case 'queue':
        return this.command(row, 'transferToQueue', {
          queueId: random.pick(Object.values(queues)),
        });
      case 'agent':
        return this.command(row, 'transferToAgent', { agentId: random.pick(agents).id });
      case 'solve':
      case 'close':
        return this.command(row, what);
      default:
    }
  }

  private async asSupervisor(): Promise<void> {
    const { random, installation } = this;
    const list = await this.ask('GET', '/conversations?view=active&limit=50');
    const rows = ((list?.body?.items ?? []) as Row[]).filter((row) => row.status !== 'solved');
    if (rows.length === 0) return;
    const row = random.pick(rows);
    const { agents, queues } = installation;
    switch (random.pick(['assignTo', 'release', 'transferToQueue', 'solve', 'resume'])) {
      case 'assignTo':
        return this.command(row, 'assignTo', { agentId: random.pick(agents).id });
      case 'transferToQueue':
        return this.command(row, 'transferToQueue', {
          queueId: random.pick(Object.values(queues)),
        });
      case 'release':
        return this.command(row, 'release');
      case 'resume':
        return this.command(row, 'resume');
      default:
        return this.command(row, 'solve');
    }
  }

  private async say(row: Row, note: boolean): Promise<void> {
    const text = `reply ${this.me?.email ?? 'supervisor'} ${++this.said}`;
    const kind = note ? 'note' : 'reply';
    const good = await this.post(`/conversations/${row.id}/messages`, { kind, text });
    if (good.length === 0 || !this.me) return;
    const messageIds = [...new Set(good.map((answer) => String(answer.body.id)))];
    const reply = { text, conversationId: row.id, agentId: this.me.id, note, messageIds };
    this.logs.replies.push(reply);
  }

  private async claim(row: Row, kind: 'accept' | 'reject' | 'take'): Promise<void> {
    const good = await this.post(`/conversations/${row.id}/${kind}`);
    if (good.length > 0 && this.me) {
      this.logs.claims.push({ kind, conversationId: row.id, agentId: this.me.id });
    }
  }

  private async command(row: Row, name: string, args: object = {}): Promise<void> {
    const body = { name, args, afterSeq: row.lastSeq };
    for (const answer of await this.post(`/conversations/${row.id}/commands`, body)) {
      const { number, outcome } = answer.body;
      this.logs.commands.push({ name, conversationId: row.id, number, outcome });
    }
  }

  /** Good answers only. Now and then the same request goes out twice at once. */
  private async post(path: string, body?: object): Promise<Answer[]> {
    const ask = { token: this.token ?? '', body };
    const answers = this.random.percent(6)
      ? await this.api.askTwice('POST', path, ask)
      : [await this.api.ask('POST', path, ask)];
    if (answers.some((answer) => answer?.status === 401)) this.token = null;
    return answers.filter((answer): answer is Answer => (answer?.status ?? 500) < 300);
  }

  private async ask(method: string, path: string, body?: object): Promise<Answer | null> {
    const answer = await this.api.ask(method, path, { token: this.token ?? '', body });
    if (answer?.status === 401) this.token = null;
    return answer;
  }
}
