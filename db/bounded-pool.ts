/**
 * A pool that neither waits for ever nor lets a crowd wait. A Postgres that stands still without closing its
 * connections (paused, or behind a cut cable) would otherwise take every request in and answer none.
 */
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { Client, Pool, type PoolClient, type PoolConfig } from 'pg';
import { AppError } from '../core/errors';

export interface Patience {
  /** A statement without an answer for so long ends its connection; its outcome is then unknown. Milliseconds. */
  readonly answerWithinMs: number;
  /** How long somebody waits for a free connection, or for a new one to stand. Milliseconds. */
  readonly connectWithinMs: number;
  /** Who comes when so many wait already is sent away at once. */
  readonly mostWaiting: number;
}

/** All connections taken and none of them has said anything for this long: whoever comes now would wait in vain. */
const STALLED_AFTER_MS = 2_000;

/** What all connections of a pool have heard. */
class Pulse {
  /** Statements without an answer, connections that are being made. */
  private pending = 0;
  private quietSince = performance.now();

  began(): void {
    if (this.pending++ === 0) this.quietSince = performance.now();
  }

  heard(answers: number): void {
    this.pending -= answers;
    this.quietSince = performance.now();
  }

  lost(answers: number): void {
    this.pending -= answers;
  }

  get isStill(): boolean {
    return this.pending > 0 && performance.now() - this.quietSince > STALLED_AFTER_MS;
  }
}

interface Options extends PoolConfig {
  readonly answerWithinMs: number;
  readonly pulse: Pulse;
}

/** A connection that ends itself where an answer does not come. The pool then makes a new one. */
class ImpatientClient extends Client {
  // It is being made: that is the first thing whose answer is waited for.
  private pending = 1;
  private timer: NodeJS.Timeout | null = null;

  constructor(options: Options) {
    super(options);
    const { answerWithinMs, pulse } = options;
    const { connection } = this as unknown as { connection: EventEmitter & { stream: Socket } };
    const wait = (): void => {
      if (this.timer) clearTimeout(this.timer);
      this.timer =
        this.pending > 0 ? setTimeout(() => connection.stream.destroy(), answerWithinMs) : null;
    };
    pulse.began();
    wait();
    let ended = false;
    const ask = this.query.bind(this) as (...given: unknown[]) => unknown;
    Object.assign(this, {
      query: (...given: unknown[]) => {
        // A transaction whose connection has ended still tries to roll back: nobody will answer that.
        if (ended) return ask(...given);
        pulse.began();
        if (this.pending++ === 0) wait();
        return ask(...given);
      },
    });
    connection.on('readyForQuery', () => {
      // What goes with the end of a statement need not have been a statement of ours.
      const answers = Math.min(this.pending, 1);
      this.pending -= answers;
      pulse.heard(answers);
      wait();
    });
    connection.once('end', () => {
      ended = true;
      pulse.lost(this.pending);
      this.pending = 0;
      wait();
    });
  }
}

/** Throws `UNAVAILABLE` at whoever would wait too long for a connection. */
export class BoundedPool extends Pool {
  private readonly pulse: Pulse;
  private readonly most: number;
  private readonly mostWaiting: number;

  constructor(config: PoolConfig & { readonly max: number }, patience: Patience) {
    const pulse = new Pulse();
    const { answerWithinMs, connectWithinMs, mostWaiting } = patience;
    const options: Options = {
      ...config,
      answerWithinMs,
      pulse,
      connectionTimeoutMillis: connectWithinMs,
      // The server gives up a little sooner than we do, so that nothing goes on there for nobody.
      statement_timeout: Math.round(answerWithinMs * 0.9),
      Client: ImpatientClient as unknown as NonNullable<PoolConfig['Client']>,
    };
    super(options);
    this.pulse = pulse;
    this.most = config.max;
    this.mostWaiting = mostWaiting;
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: Parameters<Pool['connect']>[0]): void;
  override connect(callback?: Parameters<Pool['connect']>[0]): Promise<PoolClient> | void {
    if (!this.isTooBusy()) return callback ? super.connect(callback) : super.connect();
    const error = new AppError('UNAVAILABLE', { reason: 'DATABASE_BUSY' });
    if (!callback) return Promise.reject(error);
    process.nextTick(() => callback(error, undefined, () => undefined));
  }

  private isTooBusy(): boolean {
    if (this.waitingCount >= this.mostWaiting) return true;
    return this.totalCount >= this.most && this.idleCount === 0 && this.pulse.isStill;
  }
}
