import type { AfterCommit } from '../db/after-commit';
import type { Database } from '../db/client';
import type { Intake } from '../db/messages/intake';
import type { Lookups } from '../db/lookups';
import type { Env } from '../platform/env';
import type { Logger } from '../platform/logger';
import type { Metrics } from '../platform/metrics';
import type { Storage } from '../platform/storage';
import type { Hub } from './realtime/hub';

/** What routes work with. Constructed once, in api/main.ts or by a test. */
export interface ApiDeps {
  readonly db: Database;
  readonly afterCommit: AfterCommit;
  /** Takes customers' messages, many in one transaction. */
  readonly intake: Intake;
  readonly lookups: Lookups;
  readonly env: Env;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly storage: Storage;
  /** What is new in the database. Without it whoever waits for something looks at intervals. */
  readonly hub?: Hub | undefined;
  /** Where the built screens are. Without it there are none. */
  readonly webFolder?: string | undefined;
  /** Rejects where Temporal cannot be reached. */
  readonly pingTemporal: () => Promise<void>;
}
