import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client';
import { useInstant } from '../i18n/use-instant';
import type { Routing } from './why-drawer';

/** As many come with the rest; of those who have as many there may be more. */
const IN_ROUTING = 5;

/** The decisions so far, newest first, each in sentences. */
export function Receipts(props: { readonly id: string; readonly newest: Routing['receipts'] }) {
  const { id, newest } = props;
  const { t } = useTranslation();
  const instant = useInstant();
  const [wanted, setWanted] = useState(false);
  const older = useInfiniteQuery({
    queryKey: ['receipts', id],
    enabled: wanted,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call('listReceipts', {
        params: { id },
        query: { limit: 20, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  });
  const known = new Map(
    [...newest, ...(older.data?.pages.flatMap((page) => page.items) ?? [])].map((each) => [
      each.id,
      each,
    ]),
  );
  const more = wanted ? older.hasNextPage : newest.length >= IN_ROUTING;
  return (
    <section aria-labelledby="why-receipts">
      <h3 id="why-receipts">{t('why.receipts')}</h3>
      {known.size === 0 && <p className="muted">{t('why.noReceipts')}</p>}
      <ol className="why-receipts">
        {[...known.values()].map(({ id: key, createdAt, sentences: [first, ...rest] }, at) => (
          <li key={key}>
            <details open={at === 0}>
              <summary>
                <time className="numbers" dateTime={createdAt}>
                  {instant(createdAt)}
                </time>{' '}
                {first}
              </summary>
              <ul>
                {rest.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ol>
      {more && (
        <button
          type="button"
          className="button small"
          disabled={older.isFetching}
          onClick={() => (wanted ? void older.fetchNextPage() : setWanted(true))}
        >
          {t('why.moreReceipts')}
        </button>
      )}
    </section>
  );
}
