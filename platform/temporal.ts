import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

/** gRPC's own pause grows to two minutes, so long would a Temporal that is back be taken for away. */
const RECONNECT_EVERY_MS = 5_000;

/**
 * A client of the Temporal that the variables of its tools name (TEMPORAL_ADDRESS and the rest). It connects at its
 * first call, so that the API starts, and takes messages, while Temporal is away.
 * `address` (host:port) stands above what the environment says.
 */
export function connectTemporal(address?: string): Client {
  const { connectionOptions, namespace } = loadClientConnectConfig();
  const connection = Connection.lazy({
    ...connectionOptions,
    ...(address ? { address } : {}),
    channelArgs: { 'grpc.max_reconnect_backoff_ms': RECONNECT_EVERY_MS },
  });
  return new Client({ connection, ...(namespace ? { namespace } : {}) });
}

/** Rejects where Temporal does not answer within two seconds. */
export async function pingTemporal(client: Client): Promise<void> {
  const { connection } = client;
  await connection.withDeadline(Date.now() + 2000, () =>
    connection.workflowService.getSystemInfo({}),
  );
}
