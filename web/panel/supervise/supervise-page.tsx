import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../api/api-error';
import { useMe } from '../session/session';
import { totalsOf } from './alarm';
import { Numbers } from './numbers';
import { useSupervision, useSupervisionStream } from './use-supervision';
import './supervise.css';

const VIEWS = ['overview', 'conversations'] as const;

/** What supervisors look at all day: a few numbers, and under them queues with agents, or conversations. */
export function SupervisePage() {
  const { role } = useMe();
  return role === 'agent' ? <NotYours /> : <Supervise />;
}

function Supervise() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { data, error, refetch } = useSupervision();
  useSupervisionStream();
  return (
    <main className="supervise" id="main" tabIndex={-1}>
      <header className="supervise-head">
        <h1>{t('supervise.title')}</h1>
        <nav aria-label={t('supervise.viewsLabel')}>
          {VIEWS.map((view) => {
            const to = view === 'overview' ? '/supervise' : `/supervise/${view}`;
            return (
              <a
                key={view}
                href={to}
                aria-current={path === to ? 'page' : undefined}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                  event.preventDefault();
                  void navigate({ to });
                }}
              >
                {t(`supervise.views.${view}`)}
              </a>
            );
          })}
        </nav>
      </header>
      {error && !data ? (
        <div className="empty" role="alert">
          <h2>{t('supervise.failed')}</h2>
          <p>{t(`errors.${codeOf(error)}`)}</p>
          <button type="button" className="button" onClick={() => void refetch()}>
            {t('app.retry')}
          </button>
        </div>
      ) : (
        <>
          <Numbers totals={data && totalsOf(data)} />
          <Outlet />
        </>
      )}
    </main>
  );
}

function NotYours() {
  const { t } = useTranslation();
  return (
    <main className="empty" id="main" tabIndex={-1}>
      <h1>{t('supervise.title')}</h1>
      <p>{t('errors.FORBIDDEN')}</p>
    </main>
  );
}
