import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client';
import { Messages } from './read-along';

/** What was written before the messages that are shown, read when somebody asks for it. */
export function EarlierMessages({ id, before }: { readonly id: string; readonly before: number }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(false);
  const { data, isFetching, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['supervise', 'messages', id],
    enabled: wanted,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call('listMessages', {
        params: { id },
        query: { limit: 100, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  });
  const earlier = (data?.pages.flatMap((page) => page.items) ?? [])
    .filter(({ seq }) => seq < before)
    .reverse();
  return (
    <>
      {(!wanted || hasNextPage) && (
        <button
          type="button"
          className="button small"
          disabled={isFetching}
          onClick={() => (wanted ? void fetchNextPage() : setWanted(true))}
        >
          {t('supervise.read.earlier')}
        </button>
      )}
      <Messages messages={earlier} customer={t('supervise.read.customer')} />
    </>
  );
}
