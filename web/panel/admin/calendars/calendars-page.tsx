import { Link, useNavigate } from '@tanstack/react-router';
import { Globe2, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { TextField } from '../form/fields';
import { NewDialog } from '../form/new-dialog';
import { useForm } from '../form/use-form';
import { readAnew, useCalendars, useQueues } from '../load';
import { OpenChip } from '../open-chip';
import { Loaded, PageHead, ReadOnlyNote, useIsAdmin } from '../page';
import { queuesOf } from './queues-of';
import { ZoneField } from './zone-field';

/** Office hours, to be changed on the calendar's own page. */
const USUAL = {
  name: '',
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  intervals: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:00' })),
};

/** All calendars of opening hours. */
export function CalendarsPage() {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const calendars = useCalendars();
  const queues = useQueues().data ?? [];
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHead
        title={t('admin-calendars.title')}
        text={t('admin-calendars.text')}
        acts={
          isAdmin && (
            <button type="button" className="button main" onClick={() => setAdding(true)}>
              <Plus size={16} aria-hidden />
              {t('admin-calendars.add')}
            </button>
          )
        }
      />
      <ReadOnlyNote />
      <Loaded of={calendars}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="empty">{t('admin-calendars.none')}</p>
          ) : (
            <div className="table-frame">
              <table className="table">
                <thead>
                  <tr>
                    {['name', 'zone', 'now', 'queues'].map((column) => (
                      <th key={column} scope="col">
                        {t(`admin-calendars.columns.${column}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((calendar) => (
                    <tr key={calendar.id}>
                      <th scope="row">
                        <Link to="/admin/calendars/$id" params={{ id: calendar.id }}>
                          {calendar.name}
                        </Link>{' '}
                        {calendar.isGlobal && (
                          <span className="chip accent">
                            <Globe2 size={12} aria-hidden />
                            {t('admin-calendars.global')}
                          </span>
                        )}
                      </th>
                      <td>{calendar.zone}</td>
                      <td>
                        <OpenChip open={calendar.open} nextChangeAt={calendar.nextChangeAt} />
                      </td>
                      <td>
                        {queuesOf(calendar, queues)
                          .map((queue) => queue.name)
                          .join(', ') || t('admin.none')}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
      {adding && <NewCalendar onClose={() => setAdding(false)} />}
    </>
  );
}

function NewCalendar({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useForm({
    saved: USUAL,
    isNew: true,
    unique: 'name',
    schema: async () => (await import('../../../../contracts/http/calendars')).createCalendar.body,
    save: async (body) => {
      const calendar = await call('createCalendar', {
        body: body as { name: string; zone: string },
      });
      await readAnew();
      void navigate({ to: '/admin/calendars/$id', params: { id: calendar.id } });
    },
  });
  return (
    <NewDialog
      title={t('admin-calendars.add')}
      act={t('admin-calendars.create')}
      form={form}
      words="admin-calendars.fields"
      onClose={onClose}
    >
      <TextField path="name" />
      <ZoneField path="zone" />
    </NewDialog>
  );
}
