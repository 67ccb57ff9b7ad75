import { once } from 'node:events';
import { createServer } from 'node:http';

export interface Health {
  close(): Promise<void>;
}

/**
 * A worker's own small server: `/healthz` answers while the process lives, `/readyz` while `ready` resolves, `/metrics`
 * in Prometheus' format.
 */
export async function startHealth(options: {
  port: number;
  host: string;
  ready: () => Promise<void>;
  metrics: () => Promise<string>;
}): Promise<Health> {
  const answers: Readonly<Record<string, () => Promise<string>>> = {
    '/healthz': () => Promise.resolve('{"status":"ok"}'),
    '/readyz': () => options.ready().then(() => '{"status":"ready"}'),
    '/metrics': options.metrics,
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    if (!answer) {
      response.writeHead(404).end();
      return;
    }
    answer().then(
      (body) => response.writeHead(200).end(body),
      () => response.writeHead(503, { 'retry-after': '1' }).end('{"status":"not ready"}'),
    );
  });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return {
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
