import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';

/** Where Temporal is, by the environment variables of the Temporal tools (TEMPORAL_ADDRESS and the rest). */
function configuration(): ReturnType<typeof loadClientConnectConfig> {
  return loadClientConnectConfig();
}

/**
 * A client that connects at its first call, so that the API starts, and takes messages, while Temporal is away.
 * `address` (host:port) stands above what the environment says.
 */
export function connectTemporal(address?: string): Client {
  const { connectionOptions, namespace } = configuration();
  const connection = Connection.lazy({ ...connectionOptions, ...(address ? { address } : {}) });
  return new Client({ connection, ...(namespace ? { namespace } : {}) });
}

/** The connection that workers poll on. Fails where Temporal is away: a worker without it is of no use. */
export async function connectWorker(): Promise<{
  connection: NativeConnection;
  namespace: string;
}> {
  const { connectionOptions, namespace } = configuration();
  const connection = await NativeConnection.connect(connectionOptions);
  return { connection, namespace: namespace ?? 'default' };
}

/** Rejects where Temporal does not answer within two seconds. */
export async function pingTemporal(client: Client): Promise<void> {
  const { connection } = client;
  await connection.withDeadline(Date.now() + 2000, () =>
    connection.workflowService.getSystemInfo({}),
  );
}
