const FIRST_MS = 1000;
const MOST_MS = 30_000;

/** How long to wait before the next attempt: twice as long each time, up to half a minute, and never all at once. */
export function pauseAfter(failures: number): number {
  const most = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return most / 2 + Math.random() * (most / 2);
}

/** Resolves after this time, or as soon as the browser says that it is online again. */
export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
  });
