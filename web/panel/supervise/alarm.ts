/** What is wrong with a queue at this moment, if anything is. */
import type { QueueNow } from './use-supervision';

/** Words of it are `supervise.alarms.<name>`. */
export type Alarm = {
  readonly name: 'longWait' | 'nobodyIn' | 'nobodyAvailable' | 'soonLong' | 'waitsForOpening';
  readonly level: 'bad' | 'warn';
};

/** So long before the next step for long waits a queue is amber. */
const SOON_MS = 60_000;

/** The worst of it; null where all is well. `now` in milliseconds since 1970. */
export function alarmOf(queue: QueueNow, now: number): Alarm | null {
  if (queue.alerted > 0) return { name: 'longWait', level: 'bad' };
  if (queue.waiting === 0) return null;
  if (!queue.open) return { name: 'waitsForOpening', level: 'warn' };
  if (queue.loggedIn === 0) return { name: 'nobodyIn', level: 'bad' };
  if (queue.available === 0) return { name: 'nobodyAvailable', level: 'warn' };
  const soon = queue.nextStepAt !== null && Date.parse(queue.nextStepAt) - now <= SOON_MS;
  return soon ? { name: 'soonLong', level: 'warn' } : null;
}

/** The numbers at the top. */
export interface Totals {
  readonly waiting: number;
  readonly longestSince: string | null;
  readonly room: number;
  readonly agentsIn: number;
  readonly agentsAvailable: number;
  readonly alerted: number;
}

type Rows = {
  readonly queues: readonly QueueNow[];
  readonly agents: readonly {
    readonly state: string;
    readonly absent: boolean;
    readonly room: number;
  }[];
};

/** Sums over all queues and agents; offers that nobody has answered yet wait, too. */
export function totalsOf({ queues, agents }: Rows): Totals {
  const here = agents.filter(({ state, absent }) => state !== 'logged_off' && !absent);
  const since = queues.flatMap(({ longestSince }) => longestSince ?? []).sort();
  return {
    waiting: queues.reduce((sum, { waiting, offered }) => sum + waiting + offered, 0),
    longestSince: since[0] ?? null,
    room: here.reduce((sum, { room }) => sum + room, 0),
    agentsIn: here.length,
    agentsAvailable: here.filter(({ state }) => state === 'available').length,
    alerted: queues.reduce((sum, { alerted }) => sum + alerted, 0),
  };
}
