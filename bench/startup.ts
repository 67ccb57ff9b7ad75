/** How long `npm start` takes when it has been started before. */
import { join } from 'node:path';
import { round, type Bench, type Row } from './bench';
import { npmStart } from './started';

/** Starts after the first, which makes the database. */
const AGAIN = 3;

export const startup: Bench = {
  goal: 'A second `npm start` until everything answers: below 5,000 ms.',
  async run(ground) {
    const home = join(ground.folder, 'home');
    const table: Row[] = [];
    const again: number[] = [];
    for (let n = 0; n <= AGAIN; n++) {
      const started = await npmStart(home);
      await started.stop();
      const readyMs = round(started.readyMs);
      if (n > 0) again.push(readyMs);
      table.push({ start: n === 0 ? 'first, on an empty folder' : `again ${n}`, readyMs });
    }
    const [againMs = 0] = again;
    return { table, json: { againMs, againBestMs: Math.min(...again) } };
  },
};
