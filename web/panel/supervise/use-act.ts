import { useCallback, useState } from 'react';
import { toast } from 'sonner';
import { useTellFailure } from '../api/tell-failure';
import { refreshSupervision } from './use-supervision';

/** Does one thing at a time, says how it went, and shows what has come of it. */
export function useAct(): {
  readonly busy: boolean;
  /** True where it was done; what went wrong has been said. */
  readonly run: (act: () => Promise<unknown>, done: string) => Promise<boolean>;
} {
  const tell = useTellFailure();
  const [busy, setBusy] = useState(false);
  const run = useCallback(
    async (act: () => Promise<unknown>, done: string): Promise<boolean> => {
      setBusy(true);
      try {
        await act();
        toast.success(done);
        return true;
      } catch (error) {
        tell(error);
        return false;
      } finally {
        setBusy(false);
        void refreshSupervision();
      }
    },
    [tell],
  );
  return { busy, run };
}
