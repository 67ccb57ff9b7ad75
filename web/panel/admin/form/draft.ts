/** What somebody has changed in a form and not saved yet. */
import { useCallback, useMemo, useState } from 'react';

/** Fields by their path in the API: `name`, `settings.survey.enabled`. */
export type Values = Readonly<Record<string, unknown>>;

/** What is wrong with a field, as zod tells it; a refusal of the server is a `custom` one. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly format?: string;
}

/** By path. A path may lie deeper than its field: `settings.ladder.2.text`. */
export type Faults = Readonly<Record<string, Fault>>;

export interface Draft {
  readonly values: Values;
  /** Paths whose value is another one than what is saved. */
  readonly changed: readonly string[];
  readonly faults: Faults;
  /** Rises when edits are thrown away, so that fields forget what they hold. */
  readonly epoch: number;
  readonly set: (path: string, value: unknown) => void;
  readonly setFaults: (faults: Faults) => void;
  readonly discard: () => void;
}

/** Edits on top of what is saved. What comes in newly from the server shows through wherever nobody has edited. */
export function useDraft(saved: Values): Draft {
  const [edits, setEdits] = useState<Values>({});
  const [faults, setFaults] = useState<Faults>({});
  const [epoch, setEpoch] = useState(0);
  const values = useMemo(() => ({ ...saved, ...edits }), [saved, edits]);
  const changed = useMemo(
    () => Object.keys(edits).filter((path) => !isSame(edits[path], saved[path])),
    [edits, saved],
  );
  const set = useCallback((path: string, value: unknown) => {
    setEdits((before) => ({ ...before, [path]: value }));
    setFaults((before) => without(before, path));
  }, []);
  const discard = useCallback(() => {
    setEdits({});
    setFaults({});
    setEpoch((before) => before + 1);
  }, []);
  return { values, changed, faults, epoch, set, setFaults, discard };
}

/** The fault of a field, or of something in it. */
export function faultAt(faults: Faults, path: string): Fault | undefined {
  const deeper = Object.keys(faults).find((each) => isWithin(each, path));
  return deeper === undefined ? undefined : faults[deeper];
}

const isWithin = (path: string, root: string): boolean =>
  path === root || path.startsWith(`${root}.`);

function without(faults: Faults, path: string): Faults {
  const left = Object.entries(faults).filter(([each]) => !isWithin(each, path));
  return left.length === Object.keys(faults).length ? faults : Object.fromEntries(left);
}

const isSame = (a: unknown, b: unknown): boolean =>
  (JSON.stringify(a) ?? '') === (JSON.stringify(b) ?? '');
