import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes';
import { composeServices, composeVariables, type Service } from '../support/compose';
import { emptyDatabase, type FreshDatabase } from '../support/database';
import { temporalAddress } from '../support/engines';
import { until } from '../support/world';

const root = join(__dirname, '..', '..');
const variables = { POSTGRES_PASSWORD: 'none', SWITCHYARD_SECRET: 'x'.repeat(32) };
const services = composeServices(variables);
const ours = Object.keys(services).filter((name) => name.startsWith('switchyard-'));
const lasting = ours.filter((name) => name !== 'switchyard-migrate');

function service(name: string): Service {
  const found = services[name];
  if (!found) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
}

describe('docker-compose.yml', () => {
  test('has the API, every kind of worker and the migration', () => {
    expect(ours.sort()).toEqual([
      'switchyard-api',
      'switchyard-delivery',
      'switchyard-migrate',
      'switchyard-relay',
      'switchyard-worker',
    ]);
  });

  test('says what it lacks', () => {
    expect(() => composeServices({})).toThrow('Set POSTGRES_PASSWORD in .env');
  });

  test('.env.example names every setting, and no other', () => {
    const example = readFileSync(join(root, '.env.example'), 'utf8');
    const named = [...example.matchAll(/^(\w+)=/gm)].map((line) => line[1]);
    expect(named.sort()).toEqual(
      composeVariables()
        .map(({ name }) => name)
        .sort(),
    );
  });

  test.each(lasting)('%s is looked after, and waits for what it needs', (name) => {
    const { restart, healthcheck, depends_on: needs } = service(name);
    expect(restart).toBe('unless-stopped');
    expect(healthcheck?.test[0]).toBe('CMD');
    expect(needs).toMatchObject({
      'switchyard-migrate': { condition: 'service_completed_successfully' },
    });
    expect(Object.keys(services)).toEqual(expect.arrayContaining(Object.keys(needs ?? {})));
  });

  test.each(ours)('%s sets only variables that are read', (name) => {
    const readers = readFileSync(join(root, 'platform', 'env.ts'), 'utf8');
    const unread = Object.keys(service(name).environment ?? {}).filter(
      (variable) => !readers.includes(variable) && !/^TEMPORAL_/.test(variable),
    );
    expect(unread).toEqual([]);
  });

  test('registers the search attributes that the workflows set', () => {
    const script = service('temporal-namespace').command?.join('\n') ?? '';
    const named = [...script.matchAll(/--name (\w+) --type (\w+)/g)].map(
      ([, name, type]) => `${name} ${type?.toUpperCase()}`,
    );
    expect(named.sort()).toEqual(
      SEARCH_ATTRIBUTES.map(({ name, type }) => `${name} ${type}`).sort(),
    );
  });
});

/** What differs between a container and this machine: where things are, and which ports are free. */
interface Here {
  databaseUrl: string;
  namespace: string;
  folder: string;
  path: string;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A service's own environment and nothing else, with hosts and ports of this machine. */
function environmentOf(name: string, here: Here): Record<string, string> {
  const own = Object.entries(service(name).environment ?? {}).map(([key, value]) => [
    key,
    String(value).replace(/^\/data/, here.folder),
  ]);
  return {
    ...(Object.fromEntries(own) as Record<string, string>),
    PATH: here.path,
    HOME: here.folder,
    HOST: '127.0.0.1',
    DATABASE_URL: here.databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: here.namespace,
  };
}

interface Running {
  child: ChildProcess;
  /** Settles with the exit code. */
  ended: Promise<unknown[]>;
  said: () => string;
}

describe('our services, started as docker-compose.yml starts them', () => {
  let database: FreshDatabase;
  let here: Here;
  const running = new Map<string, Running>();

  function runToEnd(name: string, here: Here): void {
    const { entrypoint = [], command = [] } = service(name);
    const [program = '', ...args] = [...entrypoint, ...command];
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: root,
      env: environmentOf(name, here),
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${name} ended with ${status}: ${stdout}${stderr}`);
  }

  async function start(name: string): Promise<void> {
    const [program = '', ...args] = service(name).command ?? [];
    const variable = name === 'switchyard-api' ? 'PORT' : 'WORKER_HEALTH_PORT';
    const port = await freePort();
    const env = { ...environmentOf(name, here), [variable]: String(port) };
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    running.set(name, { child, ended: once(child, 'exit'), said: () => said });

    const inside = service(name).environment?.[variable];
    const [probe = '', ...words] = (service(name).healthcheck?.test ?? []).slice(1);
    const probed = words.map((word) => word.replace(`127.0.0.1:${inside}/`, `127.0.0.1:${port}/`));
    await until(
      `${name} is healthy`,
      async () => {
        if (child.exitCode !== null) return true;
        const [code] = await once(spawn(probe, probed, { env: { PATH: here.path } }), 'exit');
        return code === 0;
      },
      45_000,
    );
    if (child.exitCode !== null) throw new Error(`${name} ended by itself: ${said}`);
  }

  beforeAll(async () => {
    database = await emptyDatabase();
    const folder = mkdtempSync(join(tmpdir(), 'switchyard-compose-'));
    const cli = spawnSync(
      process.execPath,
      [
        ...['--input-type=module', '-e'],
        `import { obtainTemporalCli } from './embedded/temporal-cli.mjs';
         process.stdout.write(await obtainTemporalCli());`,
      ],
      { cwd: root, encoding: 'utf8' },
    ).stdout;
    symlinkSync(cli, join(folder, 'temporal'));
    symlinkSync(process.execPath, join(folder, 'node'));
    here = {
      databaseUrl: database.url,
      // Of its own, so that these workers take no work from those of other tests.
      namespace: `compose-${randomBytes(6).toString('hex')}`,
      folder,
      path: `${folder}:${process.env['PATH']}`,
    };
    runToEnd('switchyard-migrate', here);
    runToEnd('temporal-namespace', here);
  }, 60_000);

  afterAll(async () => {
    for (const { child } of running.values()) child.kill('SIGKILL');
    rmSync(here.folder, { recursive: true, force: true });
    await database.drop();
  });

  test('migration and namespace may be run again', () => {
    runToEnd('switchyard-migrate', here);
    runToEnd('temporal-namespace', here);
  }, 60_000);

  test('all become healthy', async () => {
    await Promise.all(lasting.map(start));
    expect([...running.keys()].sort()).toEqual([...lasting].sort());
  }, 60_000);

  test('all end cleanly when they are told to', async () => {
    const codes = await Promise.all(
      [...running].map(async ([name, { child, ended, said }]) => {
        child.kill('SIGTERM');
        const [code] = await ended;
        return code === 0 ? 'ended cleanly' : `${name} ended with ${String(code)}: ${said()}`;
      }),
    );
    expect(codes).toEqual(lasting.map(() => 'ended cleanly'));
  }, 60_000);
});
