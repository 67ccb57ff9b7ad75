import { Worker, type ReplayResult } from '@temporalio/worker';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { workflowBundlePath } from '../support/engines';

interface Recorded {
  events: {
    activityTaskScheduledEventAttributes?: { activityType: { name: string } };
    workflowExecutionStartedEventAttributes?: { workflowType: { name: string } };
  }[];
}

const folder = join(__dirname, 'histories');
const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
const read = (name: string): string => readFileSync(join(folder, `${name}.json`), 'utf8');
const parsed = (name: string): Recorded => JSON.parse(read(name)) as Recorded;

async function replay(given: Readonly<Record<string, Recorded>>): Promise<ReplayResult[]> {
  const results = Worker.runReplayHistories(
    {
      workflowBundle: { codePath: workflowBundlePath() },
      dataConverter: {
        payloadConverterPath: require.resolve('../../workflows/payload-converter'),
      },
    },
    Object.entries(given).map(([workflowId, history]) => ({ workflowId, history })),
  );
  const all: ReplayResult[] = [];
  for await (const result of results) all.push(result);
  return all;
}

it('every recorded history is replayed by the workflows as they are now', async () => {
  const results = await replay(Object.fromEntries(names.map((name) => [name, parsed(name)])));
  const faults = results.filter((r) => r.error).map((r) => `${r.workflowId}: ${String(r.error)}`);
  expect(faults).toEqual([]);
  expect(results).toHaveLength(names.length);
}, 60_000);

it('every workflow type has a recorded history', () => {
  const index = readFileSync(join(__dirname, '..', '..', 'workflows', 'index.ts'), 'utf8');
  const types = [...index.matchAll(/^export \{ (\w+) \}/gm)].map((found) => found[1]);
  const recorded = names.map(
    (name) => parsed(name).events[0]?.workflowExecutionStartedEventAttributes?.workflowType.name,
  );
  expect(types.length).toBeGreaterThanOrEqual(3);
  expect([...new Set(recorded)].sort()).toEqual([...types].sort());
});

it('a workflow that does another thing than its history is found out', async () => {
  const other = parsed('reconcile');
  for (const event of other.events) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled?.activityType.name === 'reconcilePage') scheduled.activityType.name = 'other';
  }
  const [result] = await replay({ other });
  expect(result?.error?.name).toBe('DeterminismViolationError');
}, 60_000);

it('no history holds an address of a person or the name of a machine', () => {
  const host = /\b\d+@[\w.-]+/;
  for (const name of names) {
    const payloads = [...read(name).matchAll(/"data":"([^"]*)"/g)].map((found) =>
      Buffer.from(found[1] ?? '', 'base64').toString('utf8'),
    );
    expect(host.exec([read(name), ...payloads].join('\n'))).toBeNull();
  }
});
