/** What can be done on the screen that is shown: the one source of shortcuts, palette and help page. */
import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Action {
  /** Its place among the words: `keys.<id>` says what it does. */
  readonly id: string;
  /** As tinykeys writes them, such as `$mod+k` or `g i`. The first is shown. */
  readonly keys: readonly string[];
  /** Under which heading the help page lists it. */
  readonly group: 'go' | 'conversation' | 'write' | 'everywhere';
  /** Acts in fields, too. Never for a single letter. */
  readonly inFields?: boolean;
  /** Listed, but cannot be done now. */
  readonly disabled?: boolean;
  /** Said instead of `keys.<id>`, for what only the palette has. */
  readonly words?: string;
  readonly run: () => void;
}

const listeners = new Set<() => void>();
const sets = new Map<object, readonly Action[]>();
let all: readonly Action[] = [];

function changed(): void {
  const byId = new Map<string, Action>();
  for (const actions of sets.values()) for (const action of actions) byId.set(action.id, action);
  all = [...byId.values()];
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const currentActions = (): readonly Action[] => all;

/** All that can be done now; of two with the same id the one that came last. */
export const useAllActions = (): readonly Action[] =>
  useSyncExternalStore(subscribe, currentActions);

/** Offers actions while the caller is on the screen. */
export function useActions(actions: readonly Action[]): void {
  const owner = useRef({}).current;
  const latest = useRef(actions);
  latest.current = actions;
  const shape = actions
    .map(({ id, keys, disabled, words }) => [id, keys.join(' '), disabled, words].join('/'))
    .join('|');
  useEffect(() => {
    // What they do changes with every render and is looked up when it is done; what they are does not.
    sets.set(
      owner,
      latest.current.map((action, at) => ({ ...action, run: () => latest.current[at]?.run() })),
    );
    changed();
    return () => {
      sets.delete(owner);
      changed();
    };
  }, [owner, shape]);
}
