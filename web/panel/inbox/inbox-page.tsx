import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../keys/registry';
import type { ListView } from '../realtime/live-cache';
import { useEphemeralNews } from '../realtime/ephemeral';
import { useLineStream, useList } from '../realtime/use-list';
import { useMe } from '../session/session';
import { ListPane } from './list-pane';
import { filtersOf, readSearch } from './search';
import { useWatchRows } from './watch-rows';
import { ViewsPane } from './views-pane';
import './inbox.css';

const NO_FILTERS = {};

/** Lists on the left; whatever the address opens on the right. */
export function InboxPage() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const search = readSearch(useSearch({ strict: false }));
  const { id: selected } = useParams({ strict: false });
  const view: ListView =
    search.view === 'active' && me.role === 'agent' ? 'mine' : (search.view ?? 'mine');
  const filters = useMemo(() => filtersOf(search), [JSON.stringify(search)]);
  useLineStream();
  useEphemeralNews();
  const mine = useList('mine', NO_FILTERS);
  const unassigned = useList('unassigned', NO_FILTERS);
  const list = useList(view, filters);
  useWatchRows(mine.rows);

  const go = (to: ListView, queueId?: string): void =>
    void navigate({ to: '/inbox', search: { view: to, ...(queueId ? { queueId } : {}) } });
  const open = (id: string): void =>
    void navigate({ to: '/inbox/$id', params: { id }, search: { ...search, view } });
  const step = (by: 1 | -1): void => {
    const at = list.rows.findIndex((row) => row.id === selected);
    const next = list.rows[at < 0 ? 0 : at + by];
    if (next) open(next.id);
  };
  useActions([
    { id: 'goUnassigned', keys: ['g u'], group: 'go', run: () => go('unassigned') },
    { id: 'goClosed', keys: ['g c'], group: 'go', run: () => go('closed') },
    { id: 'next', keys: ['j'], group: 'go', run: () => step(1) },
    { id: 'previous', keys: ['k'], group: 'go', run: () => step(-1) },
  ]);
  return (
    <div className="inbox" data-open={selected !== undefined}>
      <ViewsPane
        view={view}
        queueId={search.queueId}
        mine={mine.rows}
        unassigned={unassigned.rows}
        more={unassigned.hasNextPage}
        go={go}
      />
      <ListPane
        key={`${view}/${JSON.stringify(filters)}`}
        view={view}
        list={list}
        filtered={Object.keys(filters).length > 0}
        selected={selected}
        open={open}
      />
      <main className="inbox-main" id="main" tabIndex={-1}>
        <Outlet />
        {selected === undefined && (
          <div className="empty">
            <h2>{t('inbox.nothingOpen.title')}</h2>
            <p>{t('inbox.nothingOpen.text')}</p>
          </div>
        )}
      </main>
    </div>
  );
}
