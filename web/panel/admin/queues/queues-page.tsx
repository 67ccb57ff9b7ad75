import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Plus, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { TextField } from '../form/fields';
import { NewDialog } from '../form/new-dialog';
import { useForm } from '../form/use-form';
import { readAnew, useQueues } from '../load';
import { Loaded, PageHead, ReadOnlyNote, useIsAdmin } from '../page';
import { OpenChip } from '../open-chip';

const EMPTY = { name: '' };

/** All queues, and the way to add one. */
export function QueuesPage() {
  const { t } = useTranslation();
  const { archived = false } = useSearch({ from: '/admin/queues' });
  const isAdmin = useIsAdmin();
  const [adding, setAdding] = useState(false);
  const queues = useQueues(archived);
  return (
    <>
      <PageHead
        title={t('admin.queues.title')}
        text={t('admin.queues.text')}
        acts={
          isAdmin && (
            <button type="button" className="button main" onClick={() => setAdding(true)}>
              <Plus size={16} aria-hidden />
              {t('admin.queues.add')}
            </button>
          )
        }
      />
      <ReadOnlyNote />
      <Loaded of={queues}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="empty">
              {t(archived ? 'admin.queues.noneArchived' : 'admin.queues.none')}
            </p>
          ) : (
            <div className="table-frame">
              <table className="table">
                <thead>
                  <tr>
                    {['name', 'delivery', 'distribution', 'agents', 'hours'].map((column) => (
                      <th key={column} scope="col" className={column === 'agents' ? 'number' : ''}>
                        {t(`admin.queues.columns.${column}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((queue) => (
                    <tr key={queue.id}>
                      <th scope="row">
                        <Link to="/admin/queues/$id" params={{ id: queue.id }}>
                          {queue.name}
                        </Link>
                      </th>
                      <td>{t(`admin-queues.delivery.options.${queue.delivery}.label`)}</td>
                      <td>{t(`admin-queues.distribution.options.${queue.distribution}.label`)}</td>
                      <td className="number">
                        {queue.members.length === 0 && !queue.archived && (
                          <span className="chip warn">
                            <TriangleAlert size={12} aria-hidden />
                            {t('admin.queues.nobody')}
                          </span>
                        )}{' '}
                        {queue.members.length}
                      </td>
                      <td>
                        <OpenChip open={queue.open} nextChangeAt={queue.nextChangeAt} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
      <p className="page-foot">
        <Link to="/admin/queues" search={archived ? {} : { archived: true }}>
          {t(archived ? 'admin.queues.showActive' : 'admin.queues.showArchived')}
        </Link>
      </p>
      {adding && <NewQueue onClose={() => setAdding(false)} />}
    </>
  );
}

function NewQueue({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useForm({
    saved: EMPTY,
    isNew: true,
    unique: 'name',
    schema: async () => (await import('../../../../contracts/http/queues')).createQueue.body,
    save: async (body) => {
      const queue = await call('createQueue', { body: body as { name: string } });
      await readAnew();
      void navigate({ to: '/admin/queues/$id', params: { id: queue.id } });
    },
  });
  return (
    <NewDialog
      title={t('admin.queues.add')}
      act={t('admin.queues.create')}
      form={form}
      words="admin-queues"
      onClose={onClose}
    >
      <TextField path="name" />
    </NewDialog>
  );
}
