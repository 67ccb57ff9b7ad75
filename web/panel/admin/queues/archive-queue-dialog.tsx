import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { ConfirmDialog } from '../confirm-dialog';
import { readAnew, useChannels, useQueues, type Queue } from '../load';
import { useConversationsOf } from '../use-consequence';

/** Asks which queue takes over, and says what goes there. */
export function ArchiveQueueDialog(props: {
  readonly queue: Queue;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { queue, onClose, onDone } = props;
  const { t } = useTranslation();
  const id = useId();
  const [heirId, setHeirId] = useState('');
  const heirs = (useQueues().data ?? []).filter((each) => each.id !== queue.id);
  const channels = (useChannels().data ?? []).filter((each) => each.queueId === queue.id);
  const conversations = useConversationsOf({ queueId: queue.id });
  return (
    <ConfirmDialog
      title={t('admin.queues.archiving.title', { name: queue.name })}
      act={t('admin.queues.archive')}
      disabled={heirId === ''}
      onClose={onClose}
      onConfirm={async () => {
        await call('archiveQueue', { params: { id: queue.id }, body: { heirId } });
        await readAnew();
        onDone();
      }}
    >
      <p>{t('admin.queues.archiving.text')}</p>
      <ul className="consequences">
        <li>{t('admin.queues.archiving.conversations', { conversations })}</li>
        <li>
          {t('admin.queues.archiving.channels', {
            count: channels.length,
            names: channels.map((each) => each.name).join(', '),
          })}
        </li>
        <li>{t('admin.queues.archiving.agents', { count: queue.members.length })}</li>
      </ul>
      <div className="field">
        <label htmlFor={id}>{t('admin.queues.archiving.heir')}</label>
        <select
          id={id}
          className="input"
          value={heirId}
          onChange={({ target }) => setHeirId(target.value)}
        >
          <option value="">{t('admin.choose')}</option>
          {heirs.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </select>
      </div>
    </ConfirmDialog>
  );
}
