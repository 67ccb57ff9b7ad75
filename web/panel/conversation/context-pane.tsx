import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ChannelIcon } from '../../ui/channel-icon';
import { codeOf } from '../api/api-error';
import { call } from '../api/client';
import { useNames } from '../api/directory';
import type { OpenConversation } from '../realtime/live-cache';

/** How many of the customer's earlier conversations are shown at a time, and how old they may be. */
const HISTORY = 8;
const HISTORY_MS = 5 * 60_000;

/** Who the customer is, what the conversation asks for, and what was before. */
export function ContextPane({ open }: { readonly open: OpenConversation }) {
  const { conversation } = open;
  const { t } = useTranslation();
  const names = useNames();
  return (
    <aside className="context-pane" aria-label={t('conversation.details')}>
      <Profile open={open} />
      <section aria-labelledby="facts-title">
        <h3 id="facts-title">{t('conversation.facts.title')}</h3>
        <dl>
          <Fact name="number" value={`#${conversation.number}`} />
          <Fact name="channel" value={names.channel(conversation.channelId)} />
          <Fact name="queue" value={names.queue(conversation.queueId)} />
          {conversation.priority > 0 && (
            <Fact name="priority" value={String(conversation.priority)} />
          )}
          {conversation.requiredSkills.length > 0 && (
            <Fact name="required" value={conversation.requiredSkills.join(', ')} />
          )}
          {conversation.preferredSkills.length > 0 && (
            <Fact name="preferred" value={conversation.preferredSkills.join(', ')} />
          )}
          {conversation.rating !== null && (
            <Fact name="rating" value={t('inbox.rating', { value: conversation.rating })} />
          )}
        </dl>
      </section>
      <History open={open} />
    </aside>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{t(`conversation.facts.${name}`)}</dt>
      <dd dir="auto">{value}</dd>
    </div>
  );
}

function Profile({ open }: { readonly open: OpenConversation }) {
  const { t } = useTranslation();
  const { identity, contact } = open;
  const full = useQuery({
    queryKey: ['contact', contact?.id],
    queryFn: () => call('getContact', { params: { id: contact?.id ?? '' } }),
    enabled: contact !== null,
  });
  const name = [contact?.firstName, contact?.lastName].filter(Boolean).join(' ') || identity.name;
  const more = Object.entries(full.data?.attributes ?? {}).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'number',
  );
  return (
    <section aria-labelledby="profile-title">
      <h3 id="profile-title">{t('conversation.profile')}</h3>
      <dl>
        <Fact name="name" value={name ?? t('inbox.unknownCustomer')} />
        {(contact?.email ?? identity.email) && (
          <Fact name="email" value={contact?.email ?? identity.email ?? ''} />
        )}
        {(contact?.phone ?? identity.phone) && (
          <Fact name="phone" value={contact?.phone ?? identity.phone ?? ''} />
        )}
        {more.map(([key, value]) => (
          <div key={key}>
            <dt dir="auto">{key}</dt>
            <dd dir="auto">{String(value)}</dd>
          </div>
        ))}
      </dl>
      {contact === null && <p className="muted">{t('conversation.noContact')}</p>}
    </section>
  );
}

function History({ open }: { readonly open: OpenConversation }) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const navigate = useNavigate();
  const { conversation, contact, identity } = open;
  const who = contact ? { contactId: contact.id } : { identityId: identity.id };
  const history = useInfiniteQuery({
    queryKey: ['history', who],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      call('listConversations', {
        query: {
          view: 'closed',
          limit: HISTORY,
          ...who,
          ...(pageParam ? { after: pageParam } : {}),
        },
      }),
    getNextPageParam: ({ next }) => next,
    staleTime: HISTORY_MS,
    refetchInterval: HISTORY_MS,
  });
  const rows = (history.data?.pages.flatMap(({ items }) => items) ?? []).filter(
    ({ id }) => id !== conversation.id,
  );
  const date = new Intl.DateTimeFormat(i18n.language === 'en-XA' ? 'en' : i18n.language, {
    dateStyle: 'medium',
  });
  return (
    <section aria-labelledby="history-title">
      <h3 id="history-title">
        {t('conversation.history.title')}
        <button
          type="button"
          className="button icon quiet small"
          aria-label={t('conversation.history.refresh')}
          onClick={() => void history.refetch()}
        >
          <RefreshCw size={14} aria-hidden />
        </button>
      </h3>
      {history.isError && (
        <p className="muted" role="alert">
          {t('conversation.history.failed')} {t(`errors.${codeOf(history.error)}`)}
        </p>
      )}
      {history.isSuccess && rows.length === 0 && (
        <p className="muted">{t('conversation.history.none')}</p>
      )}
      <ul className="history">
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              onClick={() =>
                void navigate({ to: '/inbox/$id', params: { id: row.id }, search: (now) => now })
              }
            >
              <span className="history-top">
                <ChannelIcon kind={row.channelKind} name={t(`inbox.kinds.${row.channelKind}`)} />
                <span className="numbers">#{row.number}</span>
                <time dateTime={row.closedAt ?? row.createdAt}>
                  {date.format(new Date(row.closedAt ?? row.createdAt))}
                </time>
                {row.rating !== null && (
                  <span className="chip ok">{t('inbox.rating', { value: row.rating })}</span>
                )}
              </span>
              <span className="history-text" dir="auto">
                {row.subject ?? row.preview?.text ?? t('inbox.noText')}
              </span>
              <span className="muted">{names.queue(row.queueId)}</span>
            </button>
          </li>
        ))}
      </ul>
      {history.hasNextPage && (
        <button
          type="button"
          className="button small"
          disabled={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {t('conversation.history.more')}
        </button>
      )}
    </section>
  );
}
