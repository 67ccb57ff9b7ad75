/**
 * One conversation: waits for something to be decided, decides it by the table, has it written, adopts what is
 * stored. The workflow holds one timer, for the earliest deadline, and no text, name or address.
 */
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities';
import { due, earliest } from '../core/conversation/deadlines';
import { decide, type Item } from '../core/conversation/decide';
import type { ConversationState, Loaded } from '../core/conversation/types';
import { STATE_QUERY, type ConversationInput, type StateAnswer } from './messages';
import { Rings } from './rings';
import { operatorView, timerSummary } from './tell-operators';

// Postgres answers in milliseconds or is away. A local activity costs one event, but one that keeps failing writes
// history all the time, so after some 5 s of refusals the same call goes on as a normal activity, which retries
// without history. (Attempts are counted because a local activity's schedule-to-close timeout does not end them.)
const fast = proxyLocalActivities<Pick<Activities, 'load' | 'project'>>({
  startToCloseTimeout: '3s',
  retry: { initialInterval: '100ms', maximumInterval: '2s', maximumAttempts: 7 },
});
const patient = proxyActivities<Pick<Activities, 'load' | 'project'>>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '1s', maximumInterval: '15s' },
});

/** Replaying costs about 2 ms a workflow task, so a history is cut long before the server asks for it. */
const MAX_EVENTS = 1000;
/** More projections than this without a pause would be a fault of ours: slow down rather than fill the history. */
const MAX_ROUNDS_WITHOUT_PAUSE = 50;

/** Runs until the conversation is closed and nothing waits. Returns how it ended. */
export async function conversation(input: ConversationInput): Promise<'closed' | 'gone'> {
  const { id, carried } = input;
  const rings = new Rings(carried?.rowless ?? 0, carried?.loaded ?? null);
  const show = operatorView();
  let s: ConversationState | null = null;
  let now = 0;
  const take = (loaded: Loaded, asked = rings.pending): void => {
    rings.adopt(loaded, asked);
    ({ state: s, now } = loaded);
  };
  setHandler(defineQuery<StateAnswer>(STATE_QUERY), () => ({
    state: s,
    pending: rings.pending.length,
    next: s ? earliest(s.deadlines) : null,
  }));
  if (carried) ({ state: s, now } = carried.loaded);
  const timer = new OneTimer(() => rings.fire());

  for (let rounds = 0; ; rounds++) {
    const claimNo: number = s?.claimNo ?? 0;
    if (rings.mustLoad(claimNo)) {
      const asked = rings.pending;
      const rowless = rings.beginLoad();
      const loaded = await first((p) => p.load(id, rowless));
      if (!loaded) return 'gone';
      take(loaded, asked);
    }
    const state = s;
    if (!state) continue;
    const item = nextItem(rings, state, now);
    if (item) {
      const asked = rings.pending;
      const { version, lastInSeq, lastOutSeq } = state;
      const decision = decide(state, item, now);
      const projection = {
        conversationId: id,
        version,
        claimNo: state.claimNo,
        lastInSeq,
        lastOutSeq,
        decision,
      };
      const loaded = await first((p) => p.project(projection));
      if (!loaded) return 'gone';
      take(loaded, asked);
      if (rounds > MAX_ROUNDS_WITHOUT_PAUSE) await sleep('1s');
      continue;
    }
    if (rings.mustLoad(state.claimNo)) continue;
    show(state);
    if (state.status === 'closed') {
      await condition(allHandlersFinished);
      if (idle(rings, state)) return 'closed';
      continue;
    }
    timer.arm(earliest(state.deadlines), now);
    if (workflowInfo().historyLength > MAX_EVENTS && idle(rings, state) && allHandlersFinished()) {
      timer.disarm();
      const loaded: Loaded = { state, commands: [], known: rings.known, now };
      await continueAsNew<typeof conversation>({
        v: 1,
        id,
        carried: { loaded, rowless: rings.rowlessCount },
      });
    }
    await condition(() => !idle(rings, state));
    rounds = 0;
  }
}

const idle = (rings: Rings, s: ConversationState): boolean =>
  rings.pending.length === 0 && !rings.mustLoad(s.claimNo);

/** People first: what somebody asked for before a deadline passed unnoticed still counts. */
function nextItem(rings: Rings, s: ConversationState, now: number): Item | null {
  const command = rings.pending[0];
  if (command) return { kind: 'command', command };
  const name = due(s.deadlines, now);
  return name ? { kind: 'deadline', name } : null;
}

type Calls = Pick<Activities, 'load' | 'project'>;

/** Tries locally, then patiently. Only a cancellation gets out. */
async function first<T>(call: (proxy: Calls) => Promise<T>): Promise<T> {
  try {
    return await call(fast);
  } catch (error) {
    if (isCancellation(error)) throw error;
    return call(patient);
  }
}

/** The one timer of a conversation; arming it for the deadline that it already runs for costs nothing. */
class OneTimer {
  private armedFor: string | null = null;
  private scope: CancellationScope | null = null;

  constructor(private readonly fired: () => void) {}

  arm(next: ReturnType<typeof earliest>, now: number): void {
    const wanted = next ? `${next.name}/${next.at}` : null;
    if (wanted === this.armedFor) return;
    this.disarm();
    if (!next) return;
    this.armedFor = wanted;
    const scope = new CancellationScope();
    this.scope = scope;
    scope
      .run(() => sleep(Math.max(next.at - now, 1), { summary: timerSummary(next.name) }))
      .then(
        () => {
          this.armedFor = null;
          this.scope = null;
          this.fired();
        },
        () => undefined,
      );
  }

  disarm(): void {
    this.scope?.cancel();
    this.scope = null;
    this.armedFor = null;
  }
}
