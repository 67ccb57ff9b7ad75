/** `npm start`: the product on this machine, with engines of its own unless the environment names others. */
import '../node-version.mjs';

const { Failure, runCommand } = await import('../failure.mjs');
const { claimHome, retract, stopLeftServices } = await import('../home.mjs');
const { choosePort, startProduct } = await import('../run-product.mjs');
const { hasOwnDatabase, hasOwnTemporal, setup } = await import('../setup.mjs');

const log = (line) => console.error(line);
// In the order they were started; stopped in the opposite one.
const started = [];
let stopAsked;
let isWanted = true;
const stopped = new Promise((resolve) => (stopAsked = resolve));

await runCommand(async () => {
  const home = claimHome();
  try {
    await stopLeftServices(log);
    const port = await choosePort();
    await setup({ postgres: !hasOwnDatabase(), temporal: !hasOwnTemporal() });
    listenForSignals();
    const facts = await startProduct({ port, started, isWanted: () => isWanted, log });
    show(facts);
    await Promise.race([stopped, ...started.map(failWhenItEnds)]);
  } catch (error) {
    // Who asked to stop during the start gets just that.
    if (isWanted) throw error;
  } finally {
    isWanted = false;
    await stopAll();
    retract();
    home.release();
  }
});
process.exit();

// npm passes a Ctrl-C on that the terminal has sent us already: only a later one counts again.
function listenForSignals() {
  let first = 0;
  const hear = () => {
    if (first === 0) {
      first = Date.now();
      isWanted = false;
      log('Stopping (again to force).');
      stopAsked();
    } else if (Date.now() - first > 1_000) {
      for (const one of started) {
        try {
          process.kill(one.pid, 'SIGKILL');
        } catch {
          // It is gone already.
        }
      }
      process.exit(130);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, hear);
}

async function failWhenItEnds(one) {
  const { code, signal } = await one.exited;
  if (!isWanted) return;
  throw new Failure(
    `${one.name} ended by itself (${signal ?? `code ${code}`}). ${one.lastWords()}`,
  );
}

async function stopAll() {
  const problems = [];
  for (const one of started.toReversed()) {
    try {
      await one.stop();
    } catch (error) {
      problems.push(`${one.name}: ${error.message}`);
    }
  }
  if (problems.length > 0) throw new Failure(`Not all could be stopped. ${problems.join(' ')}`);
}

function show(facts) {
  const lines = [
    ['Agent panel', facts.url],
    ['API docs', facts.docsUrl],
    ['Temporal UI', facts.temporalUiUrl ?? '(of your own server)'],
    ['Health', facts.healthUrl],
  ];
  console.log(`\n${lines.map(([name, url]) => `  ${name.padEnd(12)} ${url}`).join('\n')}\n`);
  if (facts.demo) {
    const people = ['admin', 'supervisor', 'agent'].map((role) => `${role}@example.com`);
    console.log(`  Sign in as   ${people.join(', ')}\n  Password     switchyard-demo\n`);
  }
  console.log('  Ctrl-C stops it.');
}
