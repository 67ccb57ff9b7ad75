import type { Client } from '@temporalio/client';
import type { AfterCommit, Doorbell } from '../db/after-commit';
import type { Database } from '../db/client';
import { deliverPending, type Sending } from './deliver';
import { load } from './load';
import { openAndClose } from './open-and-close';
import { planCalendar, prepareHours } from './plan-hours';
import { prepareTemporal } from './prepare-temporal';
import { project } from './project';
import { reconcilePage } from './reconcile';

export interface ActivityDeps {
  readonly db: Database;
  readonly afterCommit: AfterCommit;
  readonly doorbell: Doorbell;
  readonly temporal: Client;
  readonly sending: Sending;
}

/** Everything that workflows may ask the world for. */
export function createActivities(deps: ActivityDeps) {
  const { db, afterCommit, doorbell, temporal, sending } = deps;
  return {
    load: load(db),
    project: project(db, afterCommit),
    deliverPending: deliverPending(db, afterCommit, sending),
    prepareTemporal: async () => {
      await prepareTemporal(temporal)();
      await prepareHours(db, afterCommit, temporal);
    },
    openAndClose: openAndClose(db, afterCommit),
    planCalendar: planCalendar(db, temporal),
    reconcilePage: reconcilePage(db, temporal, doorbell),
  };
}

export type Activities = ReturnType<typeof createActivities>;
