import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { ConfirmDialog } from '../confirm-dialog';
import { readAnew, type Channel } from '../load';
import { useConversationsOf } from '../use-consequence';

/** Asks before a channel goes, and says what becomes of the conversations on it. */
export function DeleteChannelDialog(props: {
  readonly channel: Channel;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { channel, onClose, onDone } = props;
  const { t } = useTranslation();
  const conversations = useConversationsOf({ channelId: channel.id });
  return (
    <ConfirmDialog
      title={t('admin-channels.deleting.title', { name: channel.name })}
      act={t('admin-channels.deleting.act')}
      onClose={onClose}
      onConfirm={async () => {
        await call('archiveChannel', { params: { id: channel.id } });
        await readAnew();
        onDone();
      }}
    >
      <p>{t(`admin-channels.deleting.${channel.kind}`)}</p>
      <ul className="consequences">
        <li>{t('admin-channels.deleting.conversations', { conversations })}</li>
        <li>{t('admin-channels.deleting.kept')}</li>
      </ul>
    </ConfirmDialog>
  );
}
