/** What Temporal and its SDK do by themselves: the same signals to the least of workflows. */
import { Client, Connection } from '@temporalio/client';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { BARE_QUEUE } from './bare-worker';
import { rateOf, type Rates, type TemporalConfig } from './rates';
import { readConfig, tell } from './standard';

async function main(): Promise<void> {
  const { address, count, atOnce, run } = await readConfig<TemporalConfig>();
  const worker = fork(require.resolve('./bare-worker'), [address], { execArgv: [] });
  const done = { read: 0, write: 0 };
  worker.on('message', (message) => Object.assign(done, message));
  await once(worker, 'message');
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const signal = async (n: number): Promise<void> => {
    await client.workflow.signalWithStart('bare', {
      workflowId: `bare-${run}-${n}`,
      taskQueue: BARE_QUEUE,
      signal: 'go',
      signalArgs: [],
    });
  };
  const startsPerSecond = await rateOf({
    count,
    atOnce,
    each: signal,
    done: () => done.read >= count,
  });
  const commandsPerSecond = await rateOf({
    count,
    atOnce,
    each: signal,
    done: () => done.write >= count,
  });
  worker.kill('SIGKILL');
  await connection.close();
  const rates: Rates = { startsPerSecond, commandsPerSecond };
  tell(rates);
}

void main();
