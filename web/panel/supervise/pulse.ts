/** Something that is done soon after it was asked for, and not more often than the pause says. */
export interface Pulse {
  hit(): void;
  stop(): void;
}

/**
 * Runs `act` at once when it is hit, and then, however often it is hit, once a pause after the last run has ended. What
 * `act` throws is its own business.
 */
export function pulse(act: () => Promise<unknown>, everyMs: number): Pulse {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let again = false;
  let stopped = false;
  const run = (): void => {
    busy = true;
    again = false;
    act()
      .catch(() => undefined)
      .finally(() => {
        timer = setTimeout(() => {
          busy = false;
          if (again && !stopped) run();
        }, everyMs);
      });
  };
  return {
    hit() {
      if (stopped) return;
      if (busy) again = true;
      else run();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
