import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { ChoiceField, TextField } from '../form/fields';
import { NewDialog } from '../form/new-dialog';
import { useForm } from '../form/use-form';
import { readAnew, useAgents, useQueues } from '../load';
import { Loaded, PageHead, ReadOnlyNote, useIsAdmin } from '../page';

const EMPTY = { name: '', email: '', password: '', role: 'agent' };
const TYPED_MS = 250;

/** All who can sign in, and the way to add somebody. */
export function AgentsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/admin/agents' });
  const { search = '', archived } = useSearch({ from: '/admin/agents' });
  const isAdmin = useIsAdmin();
  const [adding, setAdding] = useState(false);
  const [typed, setTyped] = useState(search);
  const agents = useAgents({
    ...(search === '' ? {} : { search }),
    ...(archived ? { archived: 'true' } : {}),
  });
  const queues = useQueues().data ?? [];
  useEffect(() => {
    if (typed.trim() === search) return;
    const timer = setTimeout(() => {
      const words = typed.trim();
      void navigate({
        search: { ...(words === '' ? {} : { search: words }), ...(archived ? { archived } : {}) },
        replace: true,
      });
    }, TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed, search, archived, navigate]);
  return (
    <>
      <PageHead
        title={t('admin-agents.title')}
        text={t('admin-agents.text')}
        acts={
          isAdmin && (
            <button type="button" className="button main" onClick={() => setAdding(true)}>
              <Plus size={16} aria-hidden />
              {t('admin-agents.add')}
            </button>
          )
        }
      />
      <ReadOnlyNote />
      <input
        className="input list-search"
        type="search"
        aria-label={t('admin-agents.search')}
        placeholder={t('admin-agents.search')}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Loaded of={agents}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="empty">{t('admin-agents.none')}</p>
          ) : (
            <div className="table-frame">
              <table className="table">
                <thead>
                  <tr>
                    {['name', 'role', 'queues', 'state', 'load'].map((column) => (
                      <th key={column} scope="col" className={column === 'load' ? 'number' : ''}>
                        {t(`admin-agents.columns.${column}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((agent) => (
                    <tr key={agent.id}>
                      <th scope="row">
                        <Link to="/admin/agents/$id" params={{ id: agent.id }}>
                          {agent.name}
                        </Link>
                        <span className="muted address">{agent.email}</span>
                      </th>
                      <td>{t(`admin.roles.names.${agent.role}`)}</td>
                      <td>
                        {queues
                          .filter(({ id }) => agent.queueIds.includes(id))
                          .map(({ name }) => name)
                          .join(', ') || t('admin.none')}
                      </td>
                      <td>
                        <span className={`chip ${agent.state === 'available' ? 'ok' : ''}`}>
                          {t(`admin-agents.states.${agent.state}`)}
                        </span>
                      </td>
                      <td className="number numbers">
                        {t('admin-agents.load', { used: agent.usedUnits, most: agent.maxUnits })}
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
        <Link to="/admin/agents" search={archived ? {} : { archived: true }}>
          {t(archived ? 'admin-agents.showActive' : 'admin-agents.showArchived')}
        </Link>
      </p>
      {adding && <NewAgent onClose={() => setAdding(false)} />}
    </>
  );
}

function NewAgent({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useForm({
    saved: EMPTY,
    isNew: true,
    unique: 'email',
    schema: async () => (await import('../../../../contracts/http/agents')).createAgent.body,
    save: async (body) => {
      const agent = await call('createAgent', { body: body as typeof EMPTY & { role: 'agent' } });
      await readAnew();
      void navigate({ to: '/admin/agents/$id', params: { id: agent.id } });
    },
  });
  return (
    <NewDialog
      title={t('admin-agents.add')}
      act={t('admin-agents.create')}
      form={form}
      words="admin-agents.fields"
      onClose={onClose}
    >
      <TextField path="name" />
      <TextField path="email" type="email" />
      <TextField path="password" type="password" />
      <ChoiceField path="role" options={['agent', 'supervisor', 'admin']} />
    </NewDialog>
  );
}
