/** Where a process's time goes, of the profile that V8 writes at its end. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { round, type Row } from './bench';

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** What is asked for so that a process writes one. */
export const profileFlags = (folder: string): string[] => [
  '--cpu-prof',
  `--cpu-prof-dir=${folder}`,
];

const SHOWN = 30;

/** Shares of the time that was not idle: of functions by themselves, and of packages and folders. */
export function readProfiles(folder: string): { name: string; rows: Row[] }[] {
  // Nothing was written where the processes did not get that far.
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.map((name) => ({
    name,
    rows: summary(JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile),
  }));
}

function summary({ nodes, samples, timeDeltas }: CpuProfile): Row[] {
  const own = new Map<number, number>();
  samples.forEach((id, at) => own.set(id, (own.get(id) ?? 0) + (timeDeltas[at] ?? 0)));
  const [functions, parts] = [new Map<string, number>(), new Map<string, number>()];
  let busy = 0;
  for (const { id, callFrame } of nodes) {
    const { functionName, url } = callFrame;
    if (functionName === '(idle)' || functionName === '(root)') continue;
    const time = own.get(id) ?? 0;
    const part = partOf(url) || functionName;
    busy += time;
    parts.set(part, (parts.get(part) ?? 0) + time);
    const label = `${functionName || '(anonymous)'} ${part} ${basename(url)}`;
    functions.set(label, (functions.get(label) ?? 0) + time);
  }
  const rows = (of: Map<string, number>, what: string): Row[] =>
    [...of]
      .sort(([, a], [, b]) => b - a)
      .slice(0, SHOWN)
      .map(([where, time]) => ({ what, where, percent: round((100 * time) / busy) }));
  return [...rows(parts, 'part'), ...rows(functions, 'function')];
}

/** The package, Node itself, or our folder. */
function partOf(url: string): string {
  const [, inside] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  if (inside) return inside;
  if (url.startsWith('node:')) return url;
  return /\/dist\/(.*)\//.exec(url)?.[1] ?? url;
}
