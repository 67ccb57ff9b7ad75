/** Apart from the rest, since it loads what only workers need: the SDK's native part and all around it. */
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';

/** The connection that workers poll on. Fails where Temporal is away: a worker without it is of no use. */
export async function connectWorker(): Promise<{
  connection: NativeConnection;
  namespace: string;
}> {
  const { connectionOptions, namespace } = loadClientConnectConfig();
  const connection = await NativeConnection.connect(connectionOptions);
  return { connection, namespace: namespace ?? 'default' };
}
