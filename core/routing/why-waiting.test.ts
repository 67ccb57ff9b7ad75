import { idle } from '../../tests/support/candidates';
import type { PassedOver } from './candidate';
import { whyWaiting, type Standing } from './why-waiting';

const names = { agent: (id: string) => `Agent ${id}`, queue: (id: string) => id };
const ranked = (...against: (PassedOver | null)[]) =>
  against.map((passedOver, n) => ({ candidate: { ...idle, agentId: String(n) }, passedOver }));
const standing: Standing = { handedOut: true, open: true, ahead: 0, ranked: [] };

it.each<[string, Partial<Standing>]>([
  ['Agents take from this line by themselves.', { handedOut: false, open: false }],
  ['It waits because the queue is closed.', { open: false, ranked: ranked(null) }],
  ['It waits because nobody is there.', { ranked: ranked('paused', 'not logged in') }],
  ['It waits because nobody is there.', {}],
  ['It waits because everybody has enough to do.', { ranked: ranked('paused', 'on a call') }],
  [
    'It waits because offers were rejected or not answered.',
    { ranked: ranked('no free capacity', 'excluded this round') },
  ],
  ['Agent 1 may get it, so it is about to be handed out.', { ranked: ranked('paused', null) }],
  ['Agent 0 may get it, after the one before it.', { ranked: ranked(null), ahead: 1 }],
  ['Agent 0 may get it, after the 7 before it.', { ranked: ranked(null), ahead: 7 }],
])('%s', (said, more) => expect(whyWaiting({ ...standing, ...more }, names)).toBe(said));
