/** The first round: every crash point is hit once, none is left to luck. */
import type { CrashPoints } from './crash-list';
import type { RunningProduct } from './product';

/** From one point to the next it takes seconds, where the machine is not busy. */
const PATIENCE_MS = 120_000;

/**
 * Lets processes die at one point after the other while the load goes on; returns when all were hit, or none was for long.
 * The workers are away at first, and come back here.
 */
export async function hitEachPoint(
  product: RunningProduct,
  crashPoints: CrashPoints,
  log: (line: string) => void,
): Promise<void> {
  const hit = (what: Parameters<CrashPoints['hit']>[0]): Promise<boolean> =>
    crashPoints.hit(what, PATIENCE_MS);
  const told = (who: string, all: boolean): void =>
    log(all ? `${who}: every crash point hit` : `${who}: not every crash point was reached`);
  // While nobody decides and nobody sends, everything that the relay is there for comes up.
  told('relays', await hit(['relay']));
  const [first, ...others] = product.processes.filter((each) => each.kind === 'worker');
  first?.start();
  // Alone, so that it is the one who starts what is missing.
  const alone = await hit('worker/after-start@reconcile');
  if (!alone) log('no worker died while it reconciled');
  for (const other of others) other.start();
  told('workers', await hit(['worker']));
  told('APIs', await hit(['api']));
}
