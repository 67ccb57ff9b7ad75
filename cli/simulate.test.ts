import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SimulationResult } from '../core/simulation/figures';
import { simulateCommand } from './simulate';

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-simulate-'));
  said = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};
const call = (...words: string[]) => simulateCommand().parseAsync(words, { from: 'user' });

const span = { from: '2026-11-02T00:00:00Z', until: '2026-11-03T00:00:00Z' };
const present = {
  queues: [{ name: 'Sales & <more>' }],
  agents: [
    {
      name: 'sales',
      count: 2,
      queues: ['Sales & <more>'],
      shifts: [{ from: '09:00', to: '17:00' }],
    },
  ],
};
const generator = {
  ...span,
  streams: [
    {
      queue: 'Sales & <more>',
      kind: 'live-chat',
      perHour: Array.from({ length: 24 }, (_, hour) => (hour >= 9 && hour < 16 ? 60 : 0)),
      handling: { kind: 'exponential', meanMs: 600_000 },
      patience: { kind: 'exponential', meanMs: 120_000 },
    },
  ],
};
const more = { agents: [{ name: 'sales', count: 4 }] };

const files = () => [
  ...['--generate', file('generator.json', generator), '--present', file('present.json', present)],
  ...['--policy', file('changed.json', more)],
];

it('puts the present policy and the changed one side by side', async () => {
  const page = join(folder, 'page.html');
  await call(...files(), '--html', page);
  const text = said.join('\n');
  expect(text).toMatch(
    /conversations, 2026-11-02T00:00:00.000Z to .*, 2 agents at present, 4 in the changed policy; seed 1\./,
  );
  expect(text).toMatch(/^all queues +present +changed$/m);
  expect(text).toMatch(/^ {2}service level +[\d.]+ % +[\d.]+ %$/m);
  const html = readFileSync(page, 'utf8');
  expect(html).toContain('Sales &amp; &lt;more&gt;');
  expect(html).not.toContain('<more>');
  expect(html.match(/<svg/g)).toHaveLength(8);
  expect(html).toContain('prefers-color-scheme: dark');
  expect(html).not.toMatch(/<script|https?:|NaN|undefined/);
});

it('prints one JSON object: with more agents fewer give up', async () => {
  await call(...files(), '--json', '--seed', '7');
  const { present: before, changed } = JSON.parse(said.join('')) as Record<
    'present' | 'changed',
    SimulationResult
  >;
  expect(changed.all.arrived).toBe(before.all.arrived);
  expect(changed.all.abandonment).toBeLessThan(before.all.abandonment);
  expect(before.agents).toBe(2);
});

it('replays recorded arrivals, without a changed policy too', async () => {
  const conversations = [
    { at: '2026-11-02T10:00:00Z', kind: 'email', waitedMs: 5, handlingMs: 1_000, gaveUpMs: null },
  ].map((one) => ({ ...one, queue: 'Sales & <more>' }));
  const arrivals = file('arrivals.json', { ...span, conversations });
  await call('--arrivals', arrivals, '--present', file('present.json', present), '--json');
  const { present: before, changed } = JSON.parse(said.join('')) as Record<
    string,
    SimulationResult
  >;
  expect(before?.all).toMatchObject({ arrived: 1, answered: 1, serviceLevel: 1 });
  expect(changed).toBeNull();
});

it.each([
  ['no arrivals', () => files().slice(2), 'either --arrivals or --generate'],
  ['a seed that is no number', () => [...files(), '--seed', 'x'], 'The seed is a whole number.'],
  [
    'a file that is not there',
    () => ['--present', join(folder, 'nothing'), ...files().slice(0, 2)],
    'cannot be read',
  ],
  [
    'a file of another shape',
    () => [...files().slice(2), '--generate', file('wrong.json', { ...generator, zone: 'Mars' })],
    'is no time zone',
  ],
  [
    'a queue that does not exist',
    () => [...files(), '--policy', file('wrong.json', { agents: [{ name: 'x', queues: ['Y'] }] })],
    'There is no queue "Y".',
  ],
])('says in a sentence what is wrong: %s', async (_, words, sentence) => {
  await expect(call(...words())).rejects.toThrow(sentence);
});
