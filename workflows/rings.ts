/**
 * What signals have told a conversation's workflow. A signal is a doorbell: a command that is the next in order is
 * taken as it is, anything else only says that it is time to load. So order, duplicates and loss do not matter.
 */
import {
  defineSignal,
  setDefaultSignalHandler,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import {
  CLAIMS,
  COMMANDS,
  type Command,
  type CommandName,
  type Loaded,
} from '../core/conversation/types';
import { CHECK_SIGNAL, type ClaimSignal, type CommandSignal } from './messages';

/** A hand-sent signal on its way to become a row. */
export interface RowlessSignal {
  readonly key: string;
  readonly name: CommandName;
  readonly args: unknown;
}

export class Rings {
  /** Commands to be decided, by number. */
  pending: readonly Command[] = [];
  /** The highest command number heard of. */
  known = 0;
  private stale = true;
  private claimNo = 0;
  private rowless: RowlessSignal[] = [];

  /** Handlers take at once what arrived before they were there, so what is carried over must be known by then. */
  constructor(
    public rowlessCount: number,
    carried: Loaded | null,
  ) {
    if (carried) {
      this.known = carried.known;
      this.stale = false;
    }
    for (const name of COMMANDS) {
      setHandler(defineSignal<[CommandSignal?]>(name), (given) => this.command(name, given));
    }
    for (const name of CLAIMS) {
      setHandler(defineSignal<[ClaimSignal?]>(name), (given) => this.claim(given));
    }
    setHandler(defineSignal(CHECK_SIGNAL), () => {
      this.stale = true;
    });
    // A signal that nobody knows must not fail the workflow; loading once is harmless.
    setDefaultSignalHandler(() => {
      this.stale = true;
    });
  }

  /** True where something happened that only the row can tell. `claimNo` is the one known so far. */
  mustLoad(claimNo: number): boolean {
    return this.stale || this.rowless.length > 0 || this.claimNo > claimNo;
  }

  /** Begins a load: takes the signals to be made rows; what arrives from now on asks for another load. */
  beginLoad(): RowlessSignal[] {
    const taken = this.rowless;
    this.rowless = [];
    this.stale = false;
    this.claimNo = 0;
    return taken;
  }

  /** Says that the timer fired. */
  fire(): void {
    this.stale = true;
  }

  /** Takes over what is stored. Of the memory only what arrived during the call stays; `asked` is what it began with. */
  adopt(loaded: Loaded, asked: readonly Command[]): void {
    const during = this.pending.filter((c) => !asked.includes(c) && c.number > loaded.known);
    this.pending = [...loaded.commands, ...during];
    this.known = Math.max(loaded.known, ...during.map((c) => c.number));
  }

  private command(name: CommandName, given: CommandSignal | undefined): void {
    const number = typeof given === 'object' && given !== null ? given.number : undefined;
    if (typeof number !== 'number') {
      const key = `${workflowInfo().firstExecutionRunId}/${++this.rowlessCount}`;
      // Arguments of any type are wrapped, so that they fit into a row as they came.
      this.rowless.push({ key, name, args: given ?? null });
      return;
    }
    if (number <= this.known) return;
    const whole =
      given?.args !== undefined && given.giver !== undefined && given.afterSeq !== undefined;
    if (number !== this.known + 1 || !whole) {
      this.stale = true;
      return;
    }
    this.known = number;
    this.pending = [
      ...this.pending,
      { number, name, args: given.args, giver: given.giver, afterSeq: given.afterSeq },
    ];
  }

  private claim(given: ClaimSignal | undefined): void {
    if (typeof given?.claimNo === 'number') this.claimNo = Math.max(this.claimNo, given.claimNo);
    else this.stale = true;
  }
}
