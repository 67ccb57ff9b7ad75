import { dayBegan } from '../../core/hours/zone';
import { makeAgent, makeQueue } from '../../tests/support/people';
import { WaitingWorld } from '../../tests/support/waiting-world';
import { newId } from '../ids';

let world: WaitingWorld;
beforeAll(async () => {
  world = await WaitingWorld.begin();
});
afterAll(() => world.end());

async function calendar(zone: string, isGlobal = false): Promise<string> {
  const id = newId();
  await world.db.query(
    `INSERT INTO calendar (id, name, zone, intervals, is_global) VALUES ($1, $2, $3, '[]', $4)`,
    [id, `calendar ${id}`, zone, isGlobal],
  );
  return id;
}

/** A queue for those who got the fewest today, by its hours as they are named. */
async function queueBy(mode: 'own' | 'inherit' | 'always', calendarId: string | null) {
  const queue = await makeQueue(world.db, { distribution: 'fewest-handled' });
  await world.db.query('UPDATE queue SET hours_mode = $2, calendar_id = $3 WHERE id = $1', [
    queue,
    mode,
    calendarId,
  ]);
  return queue;
}

// At any time of the day these two have an hour or more between the beginnings of their days.
const [EAST, WEST] = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'];

it.each([
  ['its own calendar', 'own', EAST, WEST],
  ['the global calendar', 'inherit', 'UTC', EAST],
  ['no calendar', 'always', WEST, 'UTC'],
] as const)('a day begins by %s', async (_, mode, ...zones) => {
  const now = Date.now();
  const [longer, shorter] = [...zones].sort((a, b) => dayBegan(a, now) - dayBegan(b, now));
  const queueIn = async (zone: string): Promise<string> => {
    if (mode === 'always' && zone === 'UTC') return queueBy('always', null);
    const isGlobal = mode === 'inherit' && zone === EAST;
    const id = await calendar(zone, isGlobal);
    return isGlobal ? queueBy('inherit', null) : queueBy('own', id);
  };
  const [long, short] = [await queueIn(longer ?? ''), await queueIn(shorter ?? '')];
  const elsewhere = await makeQueue(world.db);
  const early = await makeAgent(world.db, [elsewhere, long, short]);
  const late = await makeAgent(world.db, [long, short]);
  const before = await world.asks(elsewhere);
  expect(await world.ownerOf(before)).toBe(early);
  // Today where the day has begun long ago, yesterday where it has begun since.
  await world.db.query('UPDATE claim SET created_at = $2 WHERE conversation_id = $1', [
    before,
    new Date(dayBegan(shorter ?? '', now) - 1800_000),
  ]);
  // Among equals it would be the other one's turn.
  await world.db.query('UPDATE agent SET last_assigned_at = app_now() WHERE id = $1', [late]);

  expect(await world.ownerOf(await world.asks(long))).toBe(late);
  expect(await world.ownerOf(await world.asks(short))).toBe(early);
});
