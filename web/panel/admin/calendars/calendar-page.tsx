import { useNavigate, useParams } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { ConfirmDialog } from '../confirm-dialog';
import { SwitchField, TextField } from '../form/fields';
import { FormContext } from '../form/form-context';
import { FormSection } from '../form/form-section';
import { SaveBar } from '../form/save-bar';
import { useForm } from '../form/use-form';
import { readAnew, useOne, useQueues, type Calendar } from '../load';
import { OpenChip } from '../open-chip';
import { Loaded, PageHead, ReadOnlyNote, useIsAdmin } from '../page';
import { ClosedDatesField } from './closed-dates-field';
import { queuesOf } from './queues-of';
import { WeekField } from './week-field';
import { ZoneField } from './zone-field';
import './calendar.css';

/** One calendar: its week, its closed dates, and whether it is the one for all. */
export function CalendarPage() {
  const { id } = useParams({ from: '/admin/calendars/$id' });
  const calendar = useOne('getCalendar', id);
  return <Loaded of={calendar}>{(data) => <CalendarForm key={id} calendar={data} />}</Loaded>;
}

function CalendarForm({ calendar }: { readonly calendar: Calendar }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isAdmin = useIsAdmin();
  const [leaving, setLeaving] = useState(false);
  const queues = queuesOf(calendar, useQueues().data ?? []);
  const saved = useMemo(() => {
    const { name, zone, intervals, closedDates, isGlobal } = calendar;
    return { name, zone, intervals, closedDates, isGlobal };
  }, [calendar]);
  const form = useForm({
    saved,
    unique: 'name',
    schema: async () => (await import('../../../../contracts/http/calendars')).editCalendar.body,
    save: async (body) => {
      await call('editCalendar', { params: { id: calendar.id }, body });
      await readAnew();
    },
  });
  return (
    <>
      <PageHead
        title={calendar.name}
        back={{ to: '/admin/calendars', words: t('admin-calendars.title') }}
        beside={<OpenChip open={calendar.open} nextChangeAt={calendar.nextChangeAt} />}
        acts={
          isAdmin && (
            <button type="button" className="button danger" onClick={() => setLeaving(true)}>
              <Trash2 size={16} aria-hidden />
              {t('admin-calendars.delete')}
            </button>
          )
        }
      />
      <ReadOnlyNote />
      <div className="form-sections">
        <FormContext.Provider value={{ form, words: 'admin-calendars.fields', readOnly: !isAdmin }}>
          <FormSection id="general" words="admin-calendars.sections.general">
            <TextField path="name" />
            <ZoneField path="zone" />
            <SwitchField path="isGlobal" />
            <p className="section-note muted">
              {queues.length === 0
                ? t('admin-calendars.noQueues')
                : t('admin-calendars.goBy', {
                    count: queues.length,
                    names: queues.map((queue) => queue.name).join(', '),
                  })}
            </p>
          </FormSection>
          <FormSection id="week" words="admin-calendars.sections.week">
            <WeekField path="intervals" />
          </FormSection>
          <FormSection id="closed" words="admin-calendars.sections.closed">
            <ClosedDatesField path="closedDates" />
          </FormSection>
        </FormContext.Provider>
        <SaveBar form={form} />
      </div>
      {leaving && (
        <ConfirmDialog
          title={t('admin-calendars.deleting.title', { name: calendar.name })}
          act={t('admin-calendars.delete')}
          disabled={queues.length > 0}
          onClose={() => setLeaving(false)}
          onConfirm={async () => {
            await call('deleteCalendar', { params: { id: calendar.id } });
            await navigate({ to: '/admin/calendars' });
            await readAnew();
          }}
        >
          <p>
            {queues.length === 0
              ? t('admin-calendars.deleting.text')
              : t('admin-calendars.deleting.inUse', {
                  count: queues.length,
                  names: queues.map((queue) => queue.name).join(', '),
                })}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
