/** Calls of the API one after the other, for benches that count and do not measure time. */
export interface Caller {
  /** @throws Error with status and answer where it is not answered with 2xx */
  post<T = unknown>(path: string, body: unknown): Promise<T>;
}

/** Calls in the name of whom these headers are. Each call that wants an idempotency key gets one of its own. */
export function callerOf(url: string, headers: Readonly<Record<string, string>>): Caller {
  return {
    async post<T>(path: string, body: unknown): Promise<T> {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        },
        body: JSON.stringify(body),
      });
      const said = await answer.text();
      if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${said}`);
      return (said === '' ? null : JSON.parse(said)) as T;
    },
  };
}
