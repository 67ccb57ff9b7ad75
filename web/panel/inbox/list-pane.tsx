import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../api/api-error';
import { useNames } from '../api/directory';
import { useTake } from '../acts/use-acts';
import type { ListView } from '../realtime/live-cache';
import { useMe } from '../session/session';
import { ConversationRow } from './conversation-row';
import { Filters } from './filters';
import type { useList } from '../realtime/use-list';

const ROW_PX = 92;

/** One list of conversations; only the rows in sight are in the page, so its length does not matter. */
export function ListPane(props: {
  readonly view: ListView;
  readonly list: ReturnType<typeof useList>;
  readonly filtered: boolean;
  readonly selected: string | undefined;
  readonly open: (id: string) => void;
}) {
  const { view, list, filtered, selected, open } = props;
  const { rows, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const { t } = useTranslation();
  const me = useMe();
  const names = useNames();
  const take = useTake();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (at) => rows[at]?.id ?? at,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 20 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const at = rows.findIndex((row) => row.id === selected);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
    // Only another selection scrolls: a row that moves must not take the screen with it.
  }, [selected]);
  return (
    <section className="list-pane" aria-labelledby="list-title">
      <header className="list-header">
        <h1 id="list-title">{t(`inbox.views.${view}`)}</h1>
        <span className="chip numbers" aria-label={t('inbox.count', { count: rows.length })}>
          {rows.length}
          {hasNextPage ? '+' : ''}
        </span>
      </header>
      <Filters view={view} />
      <div ref={scroller} className="list-scroll" data-stale={list.isRefetching}>
        {list.isError && rows.length === 0 ? (
          <div className="empty" role="alert">
            <h2>{t('inbox.failed')}</h2>
            <p>{t(`errors.${codeOf(list.error)}`)}</p>
            <button type="button" className="button" onClick={() => void list.refetch()}>
              {t('app.retry')}
            </button>
          </div>
        ) : list.isPending ? (
          <ListSkeleton />
        ) : rows.length === 0 ? (
          <Nothing view={view} filtered={filtered} />
        ) : (
          <div role="list" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {items.map((item) => {
              const row = rows[item.index];
              if (!row) return null;
              return (
                <div
                  key={item.key}
                  role="listitem"
                  aria-setsize={hasNextPage ? -1 : rows.length}
                  aria-posinset={item.index + 1}
                  className="list-item"
                  style={{ height: ROW_PX, transform: `translateY(${item.start}px)` }}
                >
                  <ConversationRow
                    row={row}
                    view={view}
                    names={names}
                    isMine={row.ownerId === me.id}
                    selected={row.id === selected}
                    open={() => open(row.id)}
                    take={() => take(row.id)}
                  />
                </div>
              );
            })}
          </div>
        )}
      </div>
    </section>
  );
}

function ListSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="list-skeleton">
      <p className="hidden-but-read" role="status">
        {t('app.starting')}
      </p>
      {Array.from({ length: 8 }, (_, at) => (
        <div key={at} className="skeleton" />
      ))}
    </div>
  );
}

function Nothing({ view, filtered }: { readonly view: ListView; readonly filtered: boolean }) {
  const { t } = useTranslation();
  const kind = filtered ? 'found' : view;
  return (
    <div className="empty">
      <h2>{t(`inbox.empty.${kind}.title`)}</h2>
      <p>{t(`inbox.empty.${kind}.text`)}</p>
    </div>
  );
}
