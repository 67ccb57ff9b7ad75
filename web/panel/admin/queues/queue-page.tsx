import { Link, Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { Archive } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOne } from '../load';
import { OpenChip } from '../open-chip';
import { Loaded, PageHead, ReadOnlyNote, useIsAdmin } from '../page';
import { ArchiveQueueDialog } from './archive-queue-dialog';
import './queues.css';

const TABS = [
  { id: 'settings', to: '/admin/queues/$id' },
  { id: 'members', to: '/admin/queues/$id/members' },
  { id: 'history', to: '/admin/queues/$id/history' },
  { id: 'why', to: '/admin/queues/$id/why' },
] as const;

/** One queue: its settings, its agents, what was changed, and whom its conversations went to. */
export function QueuePage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/admin/queues/$id' });
  const isAdmin = useIsAdmin();
  const navigate = useNavigate();
  const queue = useOne('getQueue', id);
  const [archiving, setArchiving] = useState(false);
  return (
    <Loaded of={queue}>
      {(data) => (
        <>
          <PageHead
            title={data.name}
            back={{ to: '/admin/queues', words: t('admin.queues.title') }}
            beside={
              data.archived ? (
                <span className="chip warn">{t('admin.queues.archived')}</span>
              ) : (
                <OpenChip open={data.open} nextChangeAt={data.nextChangeAt} />
              )
            }
            acts={
              isAdmin &&
              !data.archived && (
                <button type="button" className="button danger" onClick={() => setArchiving(true)}>
                  <Archive size={16} aria-hidden />
                  {t('admin.queues.archive')}
                </button>
              )
            }
          />
          <ReadOnlyNote />
          <nav className="tabs" aria-label={t('admin.queues.parts.label')}>
            {TABS.map((tab) => (
              <Link
                key={tab.id}
                to={tab.to}
                params={{ id }}
                activeOptions={{ exact: true, includeSearch: false }}
                activeProps={{ 'aria-current': 'page' }}
              >
                {t(`admin.queues.parts.${tab.id}`)}
              </Link>
            ))}
          </nav>
          <Outlet />
          {archiving && (
            <ArchiveQueueDialog
              queue={data}
              onClose={() => setArchiving(false)}
              onDone={() => void navigate({ to: '/admin/queues' })}
            />
          )}
        </>
      )}
    </Loaded>
  );
}
