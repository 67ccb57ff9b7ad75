/** Faults that a search has found once: the shortest steps that led there. */
import { openSite, type Site } from './house';
import { play } from './play';
import type { Act, Step } from './steps';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const lost = (act: Act): Step => ({ act, fate: 'lost' });
const done = (act: Act): Step => ({ act, fate: 'done' });
const write: Act = { do: 'write', customer: 0, during: 'new' };
const supervisor = (name: 'solve' | 'close', on = 0): Act => ({
  ...{ do: 'command', name, by: 'supervisor', agent: 0, on, to: 0, behind: false },
});
const decide = (on: number): Step[] => [{ hold: on }, { late: 0 }];
/** Solved and in survey, with a message behind the solving that is still to be decided. */
const surveyed = [lost(write), lost(supervisor('solve')), lost(write), ...decide(0)];

it.each<[string, readonly Step[]]>([
  [
    'a message that was decided before its conversation was superseded does not open it again',
    [...surveyed, { hold: 0 }, lost(write), { late: 0 }],
  ],
  [
    'messages of a superseded conversation find their way when the superseding one is closed already',
    [...surveyed, lost(write), done(supervisor('close'))],
  ],
  [
    'a message moved behind a command of a conversation that no workflow has loaded is not overlooked',
    [
      ...[lost(write), lost(supervisor('close')), lost(write), ...decide(0)],
      ...[lost(write), lost(supervisor('solve')), ...decide(1)],
    ],
  ],
  [
    'a release for absence is void once the agent is back',
    [
      done({ do: 'write', customer: 3, during: null }),
      lost({ do: 'silence', agent: 1 }),
      lost({ do: 'grace', agent: 1 }),
      done({ do: 'come', agent: 1 }),
    ],
  ],
  [
    'a conversation that is released and handed out anew is not closed as idle at once',
    [
      done({ do: 'write', customer: 3, during: 'answer' }),
      {
        acts: [
          { do: 'accept', agent: 0, on: 0 },
          { do: 'write', customer: 3, during: 'answer' },
        ],
      },
      { wait: 'deadline' },
      { hold: 0 },
      done({ ...supervisor('close'), name: 'release' } as Act),
    ],
  ],
])('%s', async (_, steps) => {
  await play(site, steps);
});
