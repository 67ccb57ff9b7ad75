import { useState } from 'react';
import type { z } from 'zod';
import { ApiError } from '../../api/api-error';
import { useTellFailure } from '../../api/tell-failure';
import { bodyOf } from './body-of';
import { useDraft, type Draft, type Fault, type Values } from './draft';

export interface Form extends Draft {
  readonly busy: boolean;
  /** Checks and saves. Answers whether it was saved. */
  readonly submit: () => Promise<boolean>;
  /** The request as it would be sent now, or null where something in it is wrong; that is then shown. */
  readonly checked: () => Promise<Record<string, unknown> | null>;
}

/**
 * A form over what is saved. It is checked by the very schema that the server checks by, which is fetched when it is
 * needed first. `isNew` sends all fields, not only those that were changed.
 */
export function useForm(options: {
  readonly saved: Values;
  readonly schema: () => Promise<z.ZodType>;
  readonly save: (body: Record<string, unknown>) => Promise<unknown>;
  readonly wholes?: readonly string[];
  readonly isNew?: boolean;
  /** The field that a CONFLICT is about. */
  readonly unique?: string;
}): Form {
  const { saved, schema, save, wholes = [], isNew = false, unique } = options;
  const draft = useDraft(saved);
  const [busy, setBusy] = useState(false);
  const tell = useTellFailure();

  const checked = async (): Promise<Record<string, unknown> | null> => {
    const paths = isNew ? Object.keys(draft.values) : draft.changed;
    const body = bodyOf(draft.values, paths, wholes);
    const result = (await schema()).safeParse(body);
    if (result.success) return body;
    // Of several faults of a field the first says most.
    const faults = new Map<string, Fault>();
    for (const issue of result.error.issues) {
      const path = issue.path.map(String).join('.');
      if (!faults.has(path)) faults.set(path, issue);
    }
    draft.setFaults(Object.fromEntries(faults));
    focusFirstFault();
    return null;
  };

  const submit = async (): Promise<boolean> => {
    setBusy(true);
    try {
      const body = await checked();
      if (body === null) return false;
      await save(body);
      draft.discard();
      return true;
    } catch (error) {
      const faults = faultsOfRefusal(error, unique);
      draft.setFaults(faults);
      if (Object.keys(faults).length === 0) tell(error);
      else focusFirstFault();
      return false;
    } finally {
      setBusy(false);
    }
  };

  return { ...draft, busy, submit, checked };
}

function faultsOfRefusal(error: unknown, unique: string | undefined): Record<string, Fault> {
  if (!(error instanceof ApiError)) return {};
  if (error.code === 'CONFLICT' && unique !== undefined && !('version' in error.details)) {
    return { [unique]: { code: 'taken', message: '' } };
  }
  const fields = error.code === 'INVALID_REQUEST' ? error.details['fields'] : undefined;
  if (!Array.isArray(fields)) return {};
  return Object.fromEntries(
    (fields as { path: string; problem: string }[]).map(({ path, problem }) => [
      path,
      { code: 'custom', message: problem },
    ]),
  );
}

function focusFirstFault(): void {
  // After the words of the fault are on the page, so that they are read with the field.
  setTimeout(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), 0);
}
