/** What every message of a customer makes us look up, for many requests in one statement. */
import { Batches } from './batches';
import {
  anyLiveChatAllows,
  readStoredChannels,
  type StoredChannel,
} from './channels/channel-account';
import type { Database } from './client';
import { findIdentities, type StoredIdentity } from './customers/identities';

const ALLOWED_MS = 1_000;
/** Websites remembered; an installation has few. */
const MOST_ALLOWED = 1_000;

interface Customer {
  readonly channelId: string;
  readonly externalId: string;
}

export class Lookups {
  private readonly channels: Batches<string, StoredChannel | null>;
  private readonly identities: Batches<Customer, StoredIdentity | null>;
  private readonly origins: Batches<string, boolean>;
  /** Origins that were allowed, and when that was read. */
  private readonly allowed = new Map<string, number>();

  constructor(db: Pick<Database, 'query'>) {
    this.channels = new Batches((ids) => readStoredChannels(db, ids));
    this.identities = new Batches((customers) => findIdentities(db, customers));
    this.origins = new Batches((origins) => anyLiveChatAllows(db, origins));
  }

  /** Null where there is none, or only an archived one. */
  channel(id: string): Promise<StoredChannel | null> {
    return this.channels.ask(id);
  }

  /** Null where the channel has never heard of them. */
  identity(channelId: string, externalId: string): Promise<StoredIdentity | null> {
    return this.identities.ask({ channelId, externalId });
  }

  /**
   * True where a live chat that is switched on may be used by pages of this origin. What was allowed is so for another
   * second: this only decides whether a browser may read the answer; who may ask is seen by the request itself.
   */
  async originAllowed(origin: string): Promise<boolean> {
    const now = performance.now();
    if (now - (this.allowed.get(origin) ?? -Infinity) < ALLOWED_MS) return true;
    const isAllowed = await this.origins.ask(origin);
    if (this.allowed.size >= MOST_ALLOWED) this.allowed.clear();
    if (isAllowed) this.allowed.set(origin, now);
    return isAllowed;
  }
}
