/**
 * `npm run histories:record`: plays every scenario on the dev server and writes its history anew. To be run when a
 * workflow has changed on purpose and its old histories need not be replayed any more; CONTRIBUTING.md says when.
 */
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWorld, type World } from '../support/world';
import { SCENARIOS } from './scenarios';
import { scrub } from './scrub';

const folder = join(__dirname, 'histories');

let world: World;
beforeAll(async () => {
  world = await createWorld();
  await world.startWorker(['open']);
});
afterAll(() => world.close());

it.each(Object.entries(SCENARIOS))('records %s', async (name, play) => {
  const workflowId = await play(world);
  const history = await world.client.workflow.getHandle(workflowId).fetchHistory();
  const { events } = scrub(JSON.parse(historyToJSON(history))) as { events: object[] };
  mkdirSync(folder, { recursive: true });
  // An event a line: small, and a change shows where it is.
  const lines = events.map((event) => JSON.stringify(event));
  writeFileSync(join(folder, `${name}.json`), `{"events":[\n${lines.join(',\n')}\n]}\n`);
  expect(world.reported).toEqual([]);
});
