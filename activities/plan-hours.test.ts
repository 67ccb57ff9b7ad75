import { ScheduleNotFoundError } from '@temporalio/client';
import { createActivities } from '.';
import { createCalendar, deleteCalendar, editCalendar } from '../db/queues/calendars';
import { newId } from '../db/ids';
import { editQueue, readQueue } from '../db/queues/queues';
import { makeQueue } from '../tests/support/people';
import { createWorld, until, type World } from '../tests/support/world';
import { HOURS_WORKFLOW } from '../workflows/messages';
import { hoursScheduleId } from '../workflows/ids';
import { planEdited } from './plan-hours';

const ADMIN = { kind: 'agent', id: null };
const MINUTE = 60_000;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const nextFires = async (id: string): Promise<number[]> => {
  const { info } = await world.client.schedule.getHandle(hoursScheduleId(id)).describe();
  return info.nextActionTimes.map((at) => at.getTime());
};

it('a calendar has one schedule, which fires at its boundaries, in its zone, and goes with it', async () => {
  const id = newId();
  const intervals = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    ...{ weekday, from: '08:00', to: '18:30' },
  }));
  await createCalendar(world.db, ADMIN, id, { name: id, zone: 'Asia/Kolkata', intervals });
  await planEdited(world.db, world.client);
  const inIndia = (at: number): string => new Date(at + 330 * MINUTE).toISOString().slice(11, 16);
  expect(new Set((await nextFires(id)).map(inIndia))).toEqual(new Set(['08:00', '18:30']));
  // Made once a version.
  expect(await world.db.query('SELECT 1 FROM calendar WHERE planned_version < version')).toEqual(
    [],
  );

  await editCalendar(world.db, ADMIN, id, { intervals: intervals.slice(0, 1) });
  await planEdited(world.db, world.client);
  const mondays = (await nextFires(id)).map((at) => new Date(at + 330 * MINUTE).getUTCDay());
  expect(new Set(mondays)).toEqual(new Set([1]));

  await deleteCalendar(world.db, ADMIN, id);
  await createActivities({ ...world, temporal: world.client }).prepareTemporal();
  const gone = world.client.schedule.getHandle(hoursScheduleId(id)).describe();
  await expect(gone).rejects.toThrow(ScheduleNotFoundError);
});

it('a fire opens what has to be open, whatever the calendar that fired', async () => {
  const [id, queueId] = [newId(), await makeQueue(world.db)];
  await createCalendar(world.db, ADMIN, id, { name: id, zone: 'UTC', intervals: [] });
  await editQueue(world.db, ADMIN, queueId, { hoursMode: 'own', calendarId: id });
  // A boundary that has passed while nothing ran.
  const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' }));
  await world.db.query('UPDATE calendar SET intervals = $2 WHERE id = $1', [
    id,
    JSON.stringify(always),
  ]);
  await world.db.query('UPDATE queue SET next_change_at = app_now() WHERE id = $1', [queueId]);
  await world.startWorker();
  await planEdited(world.db, world.client);
  await world.client.schedule.getHandle(hoursScheduleId(id)).trigger();
  await until('it is open', async () => (await readQueue(world.db, queueId)).open);
  await until('the fire has ended', async () => {
    const runs = world.client.workflow.list({
      query: `WorkflowType = "${HOURS_WORKFLOW}" AND ExecutionStatus = "Completed"`,
    });
    for await (const run of runs) return run.workflowId.startsWith(hoursScheduleId(id));
    return false;
  });
});
