/** Routers in processes of their own, so that hand-outs meet as they do in an installation, and die by SIGKILL. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Database } from '../../db/client';
import { Effects, type HandOut, type Ring } from '../../db/effects';

export interface Asked {
  /** Number of the question; its answer has the same. */
  readonly n: number;
  readonly handOuts: readonly HandOut[];
  /** After how many statements it dies; null where it lives. */
  readonly dies: number | null;
}

export type Answered = { readonly n: number } & (
  | { readonly handOuts: readonly HandOut[]; readonly rings: readonly Ring[] }
  | { readonly error: string }
);

interface Router {
  readonly child: ChildProcess;
  readonly name: string;
  /** Who waits for the answer to which question; null is told where it died. */
  readonly waiting: Map<number, (answer: Answered | null) => void>;
}

/** How many act at once. */
const ROUTERS = 3;

export class Routers {
  /** How many were killed. */
  killed = 0;
  private started = 0;
  private asked = 0;
  private running: readonly Router[] = [];
  private starting: Promise<readonly Router[]> | null = null;

  constructor(
    private readonly url: string,
    private readonly db: Database,
  ) {}

  /** Each row is served once, by one of the routers. May be asked several times at once. */
  async serve(handOuts: readonly HandOut[]): Promise<Effects> {
    const left = new Effects();
    const routers = await this.start();
    const asked = handOuts.flatMap((one) => {
      const router = routers[this.asked % routers.length];
      return router ? [this.ask(router, [one], null, left)] : [];
    });
    await Promise.all(asked);
    return left;
  }

  /** Every router serves every row. One of them dies after so many statements, unless `dies` is null. */
  async race(handOuts: readonly HandOut[], dies: number | null): Promise<Effects> {
    const left = new Effects();
    const routers = await this.start();
    await Promise.all(
      routers.map((router, index) => this.ask(router, handOuts, index === 0 ? dies : null, left)),
    );
    return left;
  }

  async close(): Promise<void> {
    const ends = this.running.map(({ child }) => once(child, 'exit'));
    for (const { child } of this.running) child.disconnect();
    await Promise.all(ends);
    this.running = [];
  }

  private async ask(
    router: Router,
    handOuts: readonly HandOut[],
    dies: number | null,
    left: Effects,
  ): Promise<void> {
    const n = ++this.asked;
    const answer = await new Promise<Answered | null>((resolve) => {
      router.waiting.set(n, resolve);
      router.child.send({ n, handOuts, dies } satisfies Asked);
    });
    if (answer) {
      if ('error' in answer) throw new Error(`${router.name}: ${answer.error}`);
      left.handOuts.push(...answer.handOuts);
      left.rings.push(...answer.rings);
      return;
    }
    if (dies === null) throw new Error(`${router.name} ended by itself`);
    this.killed++;
    await this.untilGone(router.name);
  }

  /** Postgres notices the end of a process when it next hears from it: until then its locks stand. */
  private async untilGone(name: string): Promise<void> {
    const alive = `SELECT pg_sleep(0.002) FROM pg_stat_activity WHERE application_name = $1 LIMIT 1`;
    while ((await this.db.query(alive, [name])).length > 0);
  }

  /** Those that run, after starting those that are missing. */
  private start(): Promise<readonly Router[]> {
    this.starting ??= (async () => {
      const missing = Array.from({ length: ROUTERS - this.running.length }, () => this.startOne());
      this.running = [...this.running, ...(await Promise.all(missing))];
      this.starting = null;
      return this.running;
    })();
    return this.starting;
  }

  private async startOne(): Promise<Router> {
    const name = `router ${process.pid} ${++this.started}`;
    const child = fork(join(__dirname, 'router.ts'), [this.url, name], {
      execArgv: ['--require', join(__dirname, 'read-typescript.cjs')],
    });
    const router: Router = { child, name, waiting: new Map() };
    await once(child, 'message');
    child.on('message', (answer: Answered) => {
      router.waiting.get(answer.n)?.(answer);
      router.waiting.delete(answer.n);
    });
    child.once('exit', () => {
      this.running = this.running.filter((other) => other !== router);
      for (const tell of router.waiting.values()) tell(null);
    });
    return router;
  }
}
