/** What embedded/ offers to code in TypeScript: it is plain ESM, so whoever runs that code hands it in. Types only. */
export interface Server {
  readonly pid: number;
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
}

export interface TemporalServer extends Server {
  /** host:port */
  readonly address: string;
}

export interface Embedded {
  startPostgres(options: {
    dataDir: string;
    logFile: string;
    settings?: Record<string, string>;
  }): Promise<Server & { url: string; dataDir: string }>;
  startTemporal(options: {
    executable: string;
    dbFile: string;
    logFile: string;
    headless: boolean;
  }): Promise<TemporalServer>;
  obtainTemporalCli(): Promise<string>;
  migrate(url: string): Promise<string[]>;
}
