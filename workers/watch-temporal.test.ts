import { Client, Connection } from '@temporalio/client';
import { randomBytes } from 'node:crypto';
import { isPrepared, prepareTemporal } from '../activities/prepare-temporal';
import { temporalAddress } from '../tests/support/engines';
import { until } from '../tests/support/world';
import { RECONCILE_WORKFLOW_ID } from '../workflows/ids';
import { watchTemporal } from './watch-temporal';

let connection: Connection;
beforeAll(async () => {
  connection = await Connection.connect({ address: temporalAddress() });
});
afterAll(() => connection.close());

/** As on a Temporal that has lost everything, there is not even the namespace. */
const onNewTemporal = (): Client =>
  new Client({ connection, namespace: `new-${randomBytes(6).toString('hex')}` });

test('an empty Temporal is noticed, and everything is started on it again', async () => {
  const client = onNewTemporal();
  const seen: string[] = [];
  const watch = watchTemporal({
    client,
    everyMs: 20,
    onNew: () => void seen.push('new'),
    report: (error) => void seen.push(String(error)),
  });
  await until('reconcile runs', () => client.workflow.getHandle(RECONCILE_WORKFLOW_ID).describe());
  await watch.stop();
  expect(new Set(seen)).toEqual(new Set(['new']));
});

test('what it lacks is made by several at once, and found there', async () => {
  const client = onNewTemporal();
  expect(await isPrepared(client)).toBe(false);
  await Promise.all([1, 2, 3].map(prepareTemporal(client)));
  await until('it is known everywhere', () => isPrepared(client));
});
