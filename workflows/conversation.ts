/**
 * One conversation: waits for something to be decided, decides it by the table, has it written, adopts what is
 * stored. The workflow holds one timer, for the earliest deadline, and no text, name or address.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineQuery,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { deadlineInWords } from '../core/conversation/deadline-words';
import { due, earliest } from '../core/conversation/deadlines';
import { decide, type Item } from '../core/conversation/decide';
import type { ConversationState, Loaded } from '../core/conversation/types';
import { STATE_QUERY, type ConversationInput, type StateAnswer } from './messages';
import { OneTimer } from './one-timer';
import { Rings } from './rings';
import { stored } from './stored';
import { operatorView } from './tell-operators';

/**
 * A history is cut long before the server asks for it: whoever takes over from a killed worker replays all of it, in the
 * 5 s that a workflow task has.
 */
const MAX_EVENTS = 300;
/**
 * Rounds that one workflow task may have. What it has done by then is kept, and the next task goes on from there. On a
 * machine that is far behind, a task with more of them would be late, done all over again, and late again.
 */
const ROUNDS_A_TASK = 4;
/** More rounds than this without a pause would be a fault of ours: slow down rather than fill the history. */
const MAX_ROUNDS = 50;

/** Runs until the conversation is closed and nothing waits. Returns how it ended. */
export async function conversation({ id, carried }: ConversationInput): Promise<'closed' | 'gone'> {
  const rings = new Rings(carried?.rowless ?? 0, carried?.loaded ?? null);
  const timer = new OneTimer(() => rings.fire());
  const show = operatorView();
  let last: Pick<Loaded, 'state' | 'now'> | null = carried?.loaded ?? null;
  setHandler(defineQuery<StateAnswer>(STATE_QUERY), () => ({
    state: last?.state ?? null,
    pending: rings.pending.length,
    next: last ? earliest(last.state.deadlines) : null,
  }));

  for (let rounds = 1; ; rounds++) {
    const asked = rings.pending;
    const item = last && !rings.mustLoad(last.state.claimNo) ? nextItem(rings, last) : null;
    if (!last || item || rings.mustLoad(last.state.claimNo)) {
      if (rounds > MAX_ROUNDS) await sleep('1s');
      else if (rounds % (ROUNDS_A_TASK + 1) === 0) await sleep('1ms');
      const answer: Loaded | null =
        last && item ? await project(last, item) : await stored.load(id, rings.beginLoad());
      if (!answer) return 'gone';
      rings.adopt(answer, asked);
      last = answer;
      continue;
    }
    const { state, now } = last;
    const busy = (): boolean => rings.pending.length > 0 || rings.mustLoad(state.claimNo);
    show(state);
    if (state.status === 'closed') {
      await condition(allHandlersFinished);
      if (!busy()) return 'closed';
      continue;
    }
    const next = earliest(state.deadlines);
    timer.arm(next, now, next ? deadlineInWords(next.name, state) : '');
    if (workflowInfo().historyLength > MAX_EVENTS && allHandlersFinished() && !busy()) {
      timer.disarm();
      const loaded: Loaded = { state, commands: [], known: rings.known, now };
      const onwards: ConversationInput = {
        v: 1,
        id,
        carried: { loaded, rowless: rings.rowlessCount },
      };
      await continueAsNew<typeof conversation>(onwards);
    }
    await condition(busy);
    rounds = 0;
  }
}

/** People first: what somebody asked for before a deadline passed unnoticed still counts. */
function nextItem(rings: Rings, { state, now }: Pick<Loaded, 'state' | 'now'>): Item | null {
  const command = rings.pending[0];
  if (command) return { kind: 'command', command };
  const name = due(state.deadlines, now);
  return name ? { kind: 'deadline', name } : null;
}

function project(
  { state, now }: { state: ConversationState; now: number },
  item: Item,
): Promise<Loaded | null> {
  const decided = decide(state, item, now);
  const summary = summaryOf(item, state, decided.outcome);
  return stored.project(summary, {
    conversationId: state.id,
    version: state.version,
    claimNo: state.claimNo,
    lastInSeq: state.lastInSeq,
    lastOutSeq: state.lastOutSeq,
    decision: decided,
  });
}

/** What an operator reads beside the activity: what was decided on, and how. */
function summaryOf(item: Item, state: ConversationState, outcome: string): string {
  if (item.kind === 'deadline') return deadlineInWords(item.name, state);
  const { name, giver } = item.command;
  return `${name} by ${giver.kind}: ${outcome}`;
}
