import { useMutation } from '@tanstack/react-query';
import { call } from '../api/client';
import { queryClient } from '../api/query-client';
import { agentKey } from '../realtime/live-cache';
import { useTellFailure } from '../api/tell-failure';
import { useMe, type Me } from './session';

/** Reasons of a pause that are offered; they are stored as they stand here, and shown by `session.reasons`. */
export const PAUSE_REASONS = ['break', 'lunch', 'meeting', 'training', 'otherWork'] as const;

/** One's own state, and how it is changed. Shown at once and taken back where the server refuses. */
export function useMyState() {
  const { id } = useMe();
  const tell = useTellFailure();
  const { mutate, isPending } = useMutation({
    mutationFn: (to: { state: 'available' | 'paused'; reason?: string }) =>
      call('setAgentState', { params: { id }, body: to }),
    onMutate: ({ state, reason }) => {
      const before = queryClient.getQueryData<Me>(agentKey(id));
      if (before) {
        queryClient.setQueryData<Me>(agentKey(id), {
          ...before,
          state,
          pauseReason: reason ?? null,
          stateSince: new Date().toISOString(),
        });
      }
      return before;
    },
    onSuccess: (agent) => void queryClient.setQueryData<Me>(agentKey(id), agent),
    onError: (error, _to, before) => {
      if (before) queryClient.setQueryData<Me>(agentKey(id), before);
      tell(error);
    },
  });
  const change = (state: 'available' | 'paused', reason?: string): void =>
    mutate(reason ? { state, reason } : { state });
  return { change, busy: isPending };
}
