import { Link } from '@tanstack/react-router';
import { Globe, Pencil, Plus, Trash2, Webhook } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannels, useQueues, type Channel } from '../load';
import { Loaded, PageHead, ReadOnlyNote, useIsAdmin } from '../page';
import { DeleteChannelDialog } from './delete-channel-dialog';
import { NewChannelDialog } from './new-channel-dialog';

const ICONS = { 'live-chat': Globe, open: Webhook } as const;

/** All channels: what they are, where they are reached, where their conversations go. */
export function ChannelsPage() {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const channels = useChannels();
  const queues = useQueues().data ?? [];
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Channel | null>(null);
  return (
    <>
      <PageHead
        title={t('admin-channels.title')}
        text={t('admin-channels.text')}
        acts={
          isAdmin && (
            <button type="button" className="button main" onClick={() => setAdding(true)}>
              <Plus size={16} aria-hidden />
              {t('admin-channels.add')}
            </button>
          )
        }
      />
      <ReadOnlyNote />
      <Loaded of={channels}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="empty">{t('admin-channels.none')}</p>
          ) : (
            <div className="table-frame">
              <table className="table">
                <thead>
                  <tr>
                    {['type', 'address', 'destination', 'routing'].map((column) => (
                      <th key={column} scope="col">
                        {t(`admin-channels.columns.${column}`)}
                      </th>
                    ))}
                    {['edit', 'delete'].map((column) => (
                      <th key={column} scope="col" className="acts">
                        {t(`admin-channels.columns.${column}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((channel) => {
                    const Icon = ICONS[channel.kind];
                    const queue = queues.find(({ id }) => id === channel.queueId);
                    return (
                      <tr key={channel.id}>
                        <td>
                          <span className="with-icon">
                            <Icon size={16} aria-hidden />
                            {t(`admin.kinds.${channel.kind}`)}
                          </span>
                        </td>
                        <th scope="row">
                          <Link to="/admin/channels/$id" params={{ id: channel.id }}>
                            {channel.name}
                          </Link>{' '}
                          {!channel.enabled && (
                            <span className="chip warn">{t('admin-channels.disabled')}</span>
                          )}
                          <span className="muted address">{addressOf(channel)}</span>
                        </th>
                        <td>
                          {queue && (
                            <Link to="/admin/queues/$id" params={{ id: queue.id }}>
                              {queue.name}
                            </Link>
                          )}
                        </td>
                        <td>
                          {queue && t(`admin-queues.delivery.options.${queue.delivery}.label`)}
                        </td>
                        <td className="acts">
                          <Link
                            to="/admin/channels/$id"
                            params={{ id: channel.id }}
                            className="button icon quiet"
                            aria-label={t('admin-channels.edit', { name: channel.name })}
                          >
                            <Pencil size={16} aria-hidden />
                          </Link>
                        </td>
                        <td className="acts">
                          {isAdmin && (
                            <button
                              type="button"
                              className="button icon quiet"
                              aria-label={t('admin-channels.delete', { name: channel.name })}
                              onClick={() => setLeaving(channel)}
                            >
                              <Trash2 size={16} aria-hidden />
                            </button>
                          )}
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
      {adding && <NewChannelDialog onClose={() => setAdding(false)} />}
      {leaving && (
        <DeleteChannelDialog
          channel={leaving}
          onClose={() => setLeaving(null)}
          onDone={() => setLeaving(null)}
        />
      )}
    </>
  );
}

/** Where it is used: the websites of a live chat, the address that an open channel is sent to. */
function addressOf(channel: Channel): string {
  if (channel.kind === 'live-chat') {
    return channel.settings.allowedOrigins.map((origin) => new URL(origin).host).join(', ');
  }
  return channel.settings.replyUrl ?? '';
}
