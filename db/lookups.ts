/** What every message of a customer makes us look up, for many requests in one statement. */
import { Batches } from './batches';
import { anyLiveChatAllows, readStoredChannels, type StoredChannel } from './channel-account';
import type { Database } from './client';
import { findIdentities, type StoredIdentity } from './identities';

interface Customer {
  readonly channelId: string;
  readonly externalId: string;
}

export class Lookups {
  private readonly channels: Batches<string, StoredChannel | null>;
  private readonly identities: Batches<Customer, StoredIdentity | null>;
  private readonly origins: Batches<string, boolean>;

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

  /** True where a live chat that is switched on may be used by pages of this origin. */
  originAllowed(origin: string): Promise<boolean> {
    return this.origins.ask(origin);
  }
}
