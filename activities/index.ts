import type { Client } from '@temporalio/client';
import type { AfterCommit, Doorbell } from '../db/after-commit';
import type { Database } from '../db/client';
import { load } from './load';
import { project } from './project';
import { prepareTemporal, reconcilePage } from './reconcile';

export interface ActivityDeps {
  readonly db: Database;
  readonly afterCommit: AfterCommit;
  readonly doorbell: Doorbell;
  readonly temporal: Client;
}

/** Everything that workflows may ask the world for. */
export function createActivities({ db, afterCommit, doorbell, temporal }: ActivityDeps) {
  return {
    load: load(db),
    project: project(db, afterCommit),
    prepareTemporal: prepareTemporal(temporal),
    reconcilePage: reconcilePage(db, temporal, doorbell),
  };
}

export type Activities = ReturnType<typeof createActivities>;
