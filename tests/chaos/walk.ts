/** The first round: every crash point is hit once, none is left to luck. */
import type { CrashPoints } from './crash-list';
import type { RunningProduct } from './product';

/** Of one stage; a machine that is not busy needs a fifth of it. */
const WITHIN_MS = 180_000;

/**
 * Lets processes die at one point after the other while the load goes on; returns when all were hit, or time is up.
 * The workers are away at first, and come back here.
 */
export async function hitEachPoint(
  product: RunningProduct,
  crashPoints: CrashPoints,
  log: (line: string) => void,
): Promise<void> {
  const told = (who: string, hit: boolean): void =>
    log(hit ? `${who}: every crash point hit` : `${who}: not every crash point was reached`);
  // While nobody decides and nobody sends, everything that the relay is there for comes up.
  told('relays', await crashPoints.hit(['relay'], WITHIN_MS));
  const [first, ...others] = product.processes.filter((each) => each.kind === 'worker');
  first?.start();
  // Alone, so that it is the one who starts what is missing.
  const alone = await crashPoints.hit('worker/after-start@reconcile', WITHIN_MS);
  if (!alone) log('no worker died while it reconciled');
  for (const other of others) other.start();
  told('workers', await crashPoints.hit(['worker'], WITHIN_MS));
  told('APIs', await crashPoints.hit(['api'], WITHIN_MS));
}
