/** The one reader of the environment. Everybody else is handed what they need. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const httpUrl = z.url({ protocol: /^https?$/ });

const shape = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  PORT: port.default(3000),
  HOST: z.string().min(1).optional(),
  PUBLIC_URL: httpUrl.optional(),
  TRUST_PROXY: z.coerce.number().int().min(0).max(9).default(0),
  SWITCHYARD_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  SWITCHYARD_HOME: z.string().min(1).default('.switchyard'),
  SWITCHYARD_FILES: z.string().min(1).optional(),
  SWITCHYARD_SEED: z.enum(['demo', 'none']).default('none'),
  TEMPORAL_UI_URL: httpUrl.optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  WORKER_ROLE: z.string().min(1).default('all'),
  WORKER_HEALTH_PORT: port.default(3001),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface Env {
  readonly production: boolean;
  readonly databaseUrl: string;
  readonly port: number;
  readonly host: string;
  /** Where people and other systems reach this installation, without a slash at the end. */
  readonly publicUrl: string;
  /** How many proxies stand before the API; their X-Forwarded-For is believed. */
  readonly trustProxy: number;
  /** What tokens, links and stored credentials are signed and sealed with. */
  readonly secret: string;
  /** Folder of stored files. */
  readonly filesDir: string;
  readonly seed: 'demo' | 'none';
  readonly temporalUiUrl: string | null;
  /** Temporal's namespace, for links to its UI. */
  readonly namespace: string;
  readonly workerRole: string;
  readonly workerHealthPort: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** The environment does not say what is needed. Its message lists every fault, one a line, and no values. */
export class EnvError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The environment is not right:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
    this.name = 'EnvError';
  }
}

/**
 * Reads and checks the environment. An empty variable counts as one that is not set.
 * @throws EnvError
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const read = shape.safeParse(given);
  const faults = read.success ? [] : read.error.issues.map(faultOf);
  if (given['NODE_ENV'] === 'production' && given['SWITCHYARD_SECRET'] === undefined) {
    faults.push('SWITCHYARD_SECRET must be set in production: give it 32 random characters.');
  }
  if (!read.success || faults.length > 0) throw new EnvError(faults);
  const value = read.data;
  const home = resolve(value.SWITCHYARD_HOME);
  const production = value.NODE_ENV === 'production';
  return {
    production,
    databaseUrl: value.DATABASE_URL,
    port: value.PORT,
    host: value.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    publicUrl: (value.PUBLIC_URL ?? `http://localhost:${value.PORT}`).replace(/\/+$/, ''),
    trustProxy: value.TRUST_PROXY,
    secret: value.SWITCHYARD_SECRET ?? ownSecret(home),
    filesDir: resolve(value.SWITCHYARD_FILES ?? join(home, 'files')),
    seed: value.SWITCHYARD_SEED,
    temporalUiUrl: value.TEMPORAL_UI_URL?.replace(/\/+$/, '') ?? null,
    namespace: value.TEMPORAL_NAMESPACE,
    workerRole: value.WORKER_ROLE,
    workerHealthPort: value.WORKER_HEALTH_PORT,
    logLevel: value.LOG_LEVEL,
  };
}

function faultOf(issue: z.core.$ZodIssue): string {
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  return `${issue.path.join('.')} ${missing ? 'must be set' : `is wrong: ${issue.message}`}.`;
}

/** The secret of a machine of one's own: made at the first start, kept in SWITCHYARD_HOME. */
function ownSecret(home: string): string {
  const file = join(home, 'secret');
  mkdirSync(home, { recursive: true });
  try {
    // Only one of two processes that start together makes it.
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length < 32) throw new EnvError([`${file} is cut off: delete it and start again.`]);
  return secret;
}

/** What a command line tool can know from the environment; everything may be missing. */
export interface Surroundings {
  /** SWITCHYARD_HOME, where a running product says about itself in run.json. */
  readonly home: string;
  readonly port: string | null;
  readonly databaseUrl: string | null;
  readonly temporalUiUrl: string | null;
  /** Temporal's namespace, for links to its UI. */
  readonly namespace: string;
  /** Whether the environment names a Temporal server, in any way that its tools know. */
  readonly namesTemporal: boolean;
}

/** Reads what commands go by. Nothing is checked: whoever needs a part says what is wrong with it. */
export function readSurroundings(
  source: Readonly<Record<string, string | undefined>> = process.env,
): Surroundings {
  const named = ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'];
  return {
    home: resolve(source['SWITCHYARD_HOME'] || '.switchyard'),
    port: source['PORT'] || null,
    databaseUrl: source['DATABASE_URL'] || null,
    temporalUiUrl: source['TEMPORAL_UI_URL']?.replace(/\/+$/, '') || null,
    namespace: source['TEMPORAL_NAMESPACE'] || 'default',
    namesTemporal: named.some((name) => Boolean(source[name])),
  };
}
