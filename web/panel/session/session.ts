import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { ApiError } from '../api/api-error';
import { call, setCsrfToken, type Answer } from '../api/client';
import { queryClient } from '../api/query-client';
import { agentKey } from '../realtime/live-cache';

export type Me = Answer<'getAgent'>;

const SESSION = ['session'] as const;

/** Who is signed in; null where nobody is. */
export function useSession() {
  return useQuery({
    queryKey: SESSION,
    staleTime: Infinity,
    queryFn: async (): Promise<Me | null> => {
      try {
        const { agent, csrfToken } = await call('getCurrentSession');
        setCsrfToken(csrfToken);
        queryClient.setQueryData(agentKey(agent.id), agent);
        return agent;
      } catch (error) {
        if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') return null;
        throw error;
      }
    },
  });
}

/** Signs in. @throws ApiError */
export async function signIn(given: {
  email: string;
  password: string;
  state: 'available' | 'paused';
}): Promise<void> {
  const { agent, csrfToken } = await call('signIn', { body: given });
  setCsrfToken(csrfToken);
  // What somebody else has seen here is not theirs to see.
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
  queryClient.setQueryData(agentKey(agent.id), agent);
  queryClient.setQueryData(SESSION, agent);
}

/** Signs out. @throws ApiError OPEN_CONVERSATIONS where it is not said what becomes of them */
export async function signOut(open?: 'keep' | 'release'): Promise<void> {
  await call('signOut', { query: open ? { open } : {} });
  forgetSession();
}

/** The session is over, by whatever cause. */
export function forgetSession(): void {
  setCsrfToken('');
  queryClient.setQueryData(SESSION, null);
}

export const MeContext = createContext<string | null>(null);

/** Whoever is signed in, kept fresh by the stream. */
export function useMe(): Me {
  const id = useContext(MeContext);
  const cache = useQueryClient();
  if (id === null) throw new Error('Nobody is signed in here.');
  const { data } = useQuery({
    queryKey: agentKey(id),
    queryFn: () => call('getAgent', { params: { id } }),
    staleTime: Infinity,
  });
  const me = data ?? cache.getQueryData<Me>(SESSION);
  if (!me) throw new Error('Nobody is signed in here.');
  return me;
}
