import { createContext, useContext } from 'react';
import type { Form } from './use-form';

interface FormPlace {
  readonly form: Form;
  /** Where the words of its fields stand: `<words>.<path>.label` and `.help`. */
  readonly words: string;
  /** Shown, but not to be changed by whoever looks. */
  readonly readOnly: boolean;
}

export const FormContext = createContext<FormPlace | null>(null);

/** The form around the caller. */
export function useFormPlace(): FormPlace {
  const place = useContext(FormContext);
  if (!place) throw new Error('A field stands in no form.');
  return place;
}
