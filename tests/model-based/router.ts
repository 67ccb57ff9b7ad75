/** A router as a process of its own: serves the hand-outs that it is told of, all at once, or dies of it. */
import { connectDatabase } from '../../db/client';
import { Effects } from '../../db/effects';
import { serveHandOut } from '../../db/routing/hand-out';
import { mortal } from './mortal';
import type { Answered, Asked } from './routers';

const [url = '', name = ''] = process.argv.slice(2);
const db = connectDatabase({ url, name, max: 4 });

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way; nothing may happen before it is here.
  for (;;);
}

async function serve({ n, handOuts, dies }: Asked): Promise<Answered> {
  const by = dies === null ? db : mortal(db, dies, die);
  const left = new Effects();
  try {
    await Promise.all(handOuts.map(async (one) => left.add(await serveHandOut(by, one))));
  } catch (error) {
    return { n, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  // Committed, and nobody is told.
  if (dies !== null) die();
  return { n, handOuts: left.handOuts, rings: left.rings };
}

process.on('message', (asked: Asked) => {
  void serve(asked).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
