import { QueryClient } from '@tanstack/react-query';
import { codeOf } from './api-error';

const RETRIED = new Set(['OFFLINE', 'UNAVAILABLE', 'INTERNAL', 'RATE_LIMITED']);

/** The cache of all screens. What the stream keeps fresh is not asked for again by itself. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 4 && RETRIED.has(codeOf(error)),
    },
    mutations: { retry: false },
  },
});
