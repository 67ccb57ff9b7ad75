import { useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { FormContext } from '../form/form-context';
import { SaveBar } from '../form/save-bar';
import { useForm } from '../form/use-form';
import { readAnew, useOne, type Queue } from '../load';
import { Loaded, useIsAdmin } from '../page';
import { PreviewDialog } from './preview-dialog';
import { QUEUE_SECTIONS, QueueSections } from './queue-sections';
import { WHOLES, valuesOf } from './queue-values';

/** Every setting of a queue, with a sentence about each. */
export function QueueSettings() {
  const { id } = useParams({ from: '/admin/queues/$id' });
  const queue = useOne('getQueue', id);
  return <Loaded of={queue}>{(data) => <Settings key={id} queue={data} />}</Loaded>;
}

function Settings({ queue }: { readonly queue: Queue }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const [preview, setPreview] = useState<Record<string, unknown> | null>(null);
  const saved = useMemo(() => valuesOf(queue), [queue]);
  const form = useForm({
    saved,
    wholes: WHOLES,
    unique: 'name',
    schema: async () => (await import('../../../../contracts/http/queues')).editQueue.body,
    save: async (body) => {
      // Nobody writes over what somebody else has saved meanwhile without having seen it.
      await call('editQueue', {
        params: { id: queue.id },
        body: { ...body, ifVersion: queue.version },
      }).finally(readAnew);
    },
  });
  return (
    <div className="form-with-index">
      <nav className="form-index" aria-label={t('admin.onThisPage')}>
        <ul>
          {QUEUE_SECTIONS.map((section) => (
            <li key={section}>
              <a href={`#${section}`}>{t(`admin-queues.sections.${section}.title`)}</a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="form-sections">
        <FormContext.Provider
          value={{ form, words: 'admin-queues', readOnly: !isAdmin || queue.archived }}
        >
          <QueueSections queueId={queue.id} />
        </FormContext.Provider>
        <SaveBar
          form={form}
          extra={
            <button
              type="button"
              className="button"
              disabled={form.busy}
              onClick={() => void form.checked().then(setPreview)}
            >
              {t('admin.preview.open')}
            </button>
          }
        />
      </div>
      {preview && (
        <PreviewDialog queueId={queue.id} body={preview} onClose={() => setPreview(null)} />
      )}
    </div>
  );
}
