import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { postgresUrl } from './engines';

export interface FreshDatabase {
  url: string;
  /** Disconnects whoever is connected and deletes it. */
  drop(): Promise<void>;
}

/** A database of one's own with all migrations applied and no rows; takes some 50 ms. */
export const freshDatabase = (): Promise<FreshDatabase> => create('switchyard_template');

/** A database of one's own with nothing in it. */
export const emptyDatabase = (): Promise<FreshDatabase> => create('template0');

async function create(template: string): Promise<FreshDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asSuperuser(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(postgresUrl());
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    drop: () => asSuperuser(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function asSuperuser(sql: string): Promise<void> {
  const client = new Client({ connectionString: postgresUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
