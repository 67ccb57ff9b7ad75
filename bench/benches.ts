/** The benches by name, and how one is run. */
import { cpus, freemem, loadavg, totalmem } from 'node:os';
import type { Bench, Result } from './bench';
import { Ground, type Place } from './ground';
import { handout } from './handout';
import { history } from './history';
import { ingest } from './ingest';
import { latency } from './latency';
import { lists } from './lists';
import { memory } from './memory';
import { readProfiles } from './profile';
import { simulate } from './simulate';
import { startup } from './startup';
import { temporal } from './temporal';

export const benches: Readonly<Record<string, Bench>> = {
  handout,
  history,
  ingest,
  lists,
  latency,
  memory,
  simulate,
  startup,
  temporal,
};

/** Runs one on ground of its own; prints its table and gives what belongs into the last line. */
export async function runBench(name: string, place: Place): Promise<Result['json']> {
  const bench = benches[name];
  if (!bench) throw new Error(`no bench ${name}`);
  const { log } = place;
  log(`\n${name}: ${bench.goal}`);
  log(conditions());
  const ground = new Ground(place);
  const began = Date.now();
  try {
    const { table, json } = await bench.run(ground);
    console.log(`\n${name}`);
    console.table(table.map((row) => ({ ...row })));
    log(`${name} took ${Math.round((Date.now() - began) / 1000)} s; load at its end ${load()}`);
    return json;
  } finally {
    await ground.close();
    if (place.profile) {
      for (const { name: of, rows } of readProfiles(ground.profiles)) {
        console.log(of);
        console.table(rows);
      }
    }
  }
}

const load = (): string => loadavg()[0]?.toFixed(2) ?? '';
const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

function conditions(): string {
  const [first] = cpus();
  const machine = `${cpus().length} x ${first?.model.trim()}, ${gib(freemem())} of ${gib(totalmem())} free`;
  return `${new Date().toISOString()}, ${machine}, Node ${process.version}, load ${load()} before it began`;
}
