import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call, type Answer } from '../../api/client';
import { Dialog } from '../../../ui/dialog';
import { useAgents } from '../load';
import { Loaded } from '../page';
import { ChangesTable } from './changes-table';

/** What the changes would do to those who wait now. Nothing is saved by looking. */
export function PreviewDialog(props: {
  readonly queueId: string;
  readonly body: Record<string, unknown>;
  readonly onClose: () => void;
}) {
  const { queueId, body, onClose } = props;
  const { t } = useTranslation();
  const preview = useQuery({
    queryKey: ['admin', 'previewQueue', queueId, body],
    staleTime: 0,
    gcTime: 0,
    queryFn: () => call('previewQueue', { params: { id: queueId }, body }),
  });
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={t('admin.preview.title')}
      buttons={
        <button type="button" className="button main" onClick={onClose}>
          {t('app.close')}
        </button>
      }
    >
      <Loaded of={preview}>{(data) => <Outcome data={data} />}</Loaded>
    </Dialog>
  );
}

function Outcome({ data }: { readonly data: Answer<'previewQueue'> }) {
  const { t } = useTranslation();
  const agents = useAgents().data ?? [];
  const nameOf = (id: string): string => agents.find((each) => each.id === id)?.name ?? '';
  return (
    <div className="preview">
      <ChangesTable changes={data.changes} label={t('admin.preview.changes')} />
      <dl className="numbers-row">
        {(['waiting', 'assignments', 'offers', 'moved'] as const).map((name) => (
          <div key={name}>
            <dt>{t(`admin.preview.${name}`)}</dt>
            <dd className="numbers">{data[name]}</dd>
          </div>
        ))}
      </dl>
      {!data.open && <p className="muted">{t('admin.preview.closed')}</p>}
      {data.waiting === 0 && <p className="muted">{t('admin.preview.nobody')}</p>}
      {data.stays.length > 0 && (
        <ul className="consequences">
          {data.stays.map(({ reason, count }) => (
            <li key={reason}>
              {t('admin.preview.stays', { count })} {t(`admin.preview.reasons.${reason}`)}
            </li>
          ))}
        </ul>
      )}
      {data.line.length > 0 && (
        <div
          className="table-frame"
          tabIndex={0}
          role="region"
          aria-label={t('admin.preview.line')}
        >
          <table className="table" aria-label={t('admin.preview.line')}>
            <thead>
              <tr>
                {['conversation', 'now', 'then', 'outcome'].map((column) => (
                  <th key={column} scope="col">
                    {t(`admin.preview.columns.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.line.map((row) => (
                <tr key={row.conversationId}>
                  <th scope="row">#{row.number}</th>
                  <td className="numbers">{row.position}</td>
                  <td className="numbers">{row.then}</td>
                  <td>
                    {row.agentId
                      ? t('admin.preview.goesTo', { agent: nameOf(row.agentId) })
                      : row.reason && t(`admin.preview.reasons.${row.reason}`)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
