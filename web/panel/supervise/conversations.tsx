import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../api/api-error';
import { call } from '../api/client';
import { listKey, rowsOf } from '../realtime/live-cache';
import { WhyDrawer } from '../why/why-drawer';
import { ConversationDialog, type Acting } from './conversation-dialog';
import { ConversationFilters } from './conversation-filters';
import { ConversationList } from './conversation-list';
import { ReadAlong } from './read-along';
import { FILTERS, readSearch, toQuery } from './search';
import { useSupervision } from './use-supervision';
import './conversations.css';

/** All conversations that one oversees, narrowed by what stands in the address, and what can be done with each. */
export function Conversations() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = readSearch(useSearch({ strict: false }));
  const { data: supervision } = useSupervision();
  const [why, setWhy] = useState<string | null>(null);
  const [acting, setActing] = useState<Acting | null>(null);
  const query = toQuery(search.filters);
  const list = useInfiniteQuery({
    queryKey: listKey(search.view, query),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      call('listConversations', {
        query: { ...query, view: search.view, limit: 50, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const set = (change: object): void =>
    void navigate({
      to: '/supervise/conversations',
      search: ((before: object) => ({ ...before, ...change })) as never,
      replace: true,
    });
  const rows = rowsOf(list.data);
  return (
    <div className="supervise-body supervise-conversations">
      <ConversationFilters search={search} supervision={supervision} set={set} />
      <section aria-labelledby="supervise-list">
        <h2 id="supervise-list">
          {t(`supervise.list.${search.view}`)}{' '}
          <span className="chip numbers">
            {rows.length}
            {list.hasNextPage ? '+' : ''}
          </span>
        </h2>
        {list.isError && rows.length === 0 && (
          <div className="empty" role="alert">
            <h3>{t('supervise.failed')}</h3>
            <p>{t(`errors.${codeOf(list.error)}`)}</p>
            <button type="button" className="button" onClick={() => void list.refetch()}>
              {t('app.retry')}
            </button>
          </div>
        )}
        {list.isSuccess && rows.length === 0 ? (
          <Nothing
            filtered={Object.keys(search.filters).length > 0}
            clear={() => set(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
          />
        ) : (
          <ConversationList
            rows={rows}
            label={t(`supervise.list.${search.view}`)}
            supervision={supervision}
            atEnd={() => {
              if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
            }}
            why={setWhy}
            read={(id) => set({ read: id })}
            act={setActing}
          />
        )}
      </section>
      {why && <WhyDrawer conversationId={why} close={() => setWhy(null)} />}
      {search.read && (
        <ReadAlong conversationId={search.read} close={() => set({ read: undefined })} />
      )}
      {acting && (
        <ConversationDialog
          {...acting}
          agents={supervision?.agents ?? []}
          close={() => setActing(null)}
        />
      )}
    </div>
  );
}

function Nothing({ filtered, clear }: { readonly filtered: boolean; readonly clear: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="empty">
      <p>{t(`supervise.list.${filtered ? 'nothingFound' : 'nothing'}`)}</p>
      {filtered && (
        <button type="button" className="button" onClick={clear}>
          {t('supervise.filters.clear')}
        </button>
      )}
    </div>
  );
}
