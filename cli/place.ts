/** Where the product is: what the environment says, else what a running `npm start` has written down. */
import type { Client } from '@temporalio/client';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectDatabase, type Database } from '../db/client';
import { readSurroundings } from '../platform/env';
import { connectTemporal } from '../platform/temporal';
import { Failure } from './failure';

export interface Place {
  readonly home: string;
  /** True where `npm start` has said in SWITCHYARD_HOME that it runs. */
  readonly announced: boolean;
  /** Of the API, without a slash at the end. */
  readonly url: string | null;
  readonly port: number;
  readonly databaseUrl: string | null;
  readonly temporal: 'environment' | { readonly address: string } | null;
  /** Temporal's namespace. */
  readonly namespace: string;
  readonly temporalUiUrl: string | null;
}

interface RunFacts {
  readonly url: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly temporalAddress?: string;
  readonly temporalUiUrl?: string;
}

/** Looks around. `url` is the API's address where the person gave one. */
export function findPlace(url?: string): Place {
  const around = readSurroundings();
  const run = readRunFacts(around.home);
  const address = run?.temporalAddress;
  return {
    home: around.home,
    announced: run !== null,
    url: (url ?? run?.url)?.replace(/\/+$/, '') ?? null,
    port: run?.port ?? Number(around.port ?? 3000),
    databaseUrl: around.databaseUrl ?? run?.databaseUrl ?? null,
    temporal: around.namesTemporal ? 'environment' : address ? { address } : null,
    namespace: around.namespace,
    temporalUiUrl: around.temporalUiUrl ?? run?.temporalUiUrl ?? null,
  };
}

function readRunFacts(home: string): RunFacts | null {
  try {
    return JSON.parse(readFileSync(join(home, 'run.json'), 'utf8')) as RunFacts;
  } catch {
    return null;
  }
}

/** Runs `work` with the database and closes it. @throws Failure where nobody says which */
export async function withDatabase<T>(
  place: Place,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  if (!place.databaseUrl) {
    throw new Failure(
      `No database is known: run "npm start" first (it writes ${join(place.home, 'run.json')}), or set DATABASE_URL.`,
    );
  }
  const db = connectDatabase({ url: place.databaseUrl, name: 'switchyard-cli', max: 4 });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** Runs `work` with a client of Temporal and closes it. @throws Failure where nobody says which */
export async function withTemporal<T>(
  place: Place,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  if (!place.temporal) {
    throw new Failure(
      `No Temporal server is known: run "npm start" first (it writes ${join(place.home, 'run.json')}), or set TEMPORAL_ADDRESS.`,
    );
  }
  const address = place.temporal === 'environment' ? undefined : place.temporal.address;
  const client = connectTemporal(address);
  try {
    return await work(client);
  } finally {
    await client.connection.close();
  }
}
