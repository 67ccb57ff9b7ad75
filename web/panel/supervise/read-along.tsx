import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageShape } from '../../../contracts/conversation';
import { codeOf } from '../api/api-error';
import { call } from '../api/client';
import { conversationKey } from '../realtime/live-cache';
import { useLive, useWatchedConversation } from '../realtime/live-context';
import { Drawer } from '../why/drawer';
import { EarlierMessages } from './earlier-messages';
import { PrivateMessage } from './private-message';
import { useInstant } from '../i18n/use-instant';
import { useSupervision } from './use-supervision';
import './read-along.css';

/** Who looks is told again before the others take it that nobody does. */
const TOLD_EVERY_MS = 40_000;

/** A conversation to be read while it goes on. Nothing of it can be changed here; its agent can be written to. */
export function ReadAlong(props: { readonly conversationId: string; readonly close: () => void }) {
  const { conversationId: id, close } = props;
  const { t } = useTranslation();
  const live = useLive();
  const { data, error } = useQuery({
    queryKey: conversationKey(id),
    queryFn: ({ signal }) => call('getConversation', { params: { id }, signal }),
  });
  const held = data !== undefined;
  useWatchedConversation(id, held);
  useEffect(() => {
    if (!held) return;
    const tell = (): void => live.present(id, 'viewing');
    tell();
    const timer = setInterval(tell, TOLD_EVERY_MS);
    return () => clearInterval(timer);
  }, [live, id, held]);
  const end = useRef<HTMLDivElement>(null);
  const last = data?.messages.at(-1)?.seq;
  useEffect(() => {
    // Newer browsers answer with a promise, which is no way to clean up.
    void end.current?.scrollIntoView({ block: 'end' });
  }, [last]);
  const row = data?.conversation;
  const name = row?.customerName ?? t('supervise.unknownCustomer');
  return (
    <Drawer
      title={row ? t('supervise.read.title', { number: row.number, name }) : t('app.starting')}
      close={close}
      footer={row && row.status !== 'closed' && <PrivateMessage id={id} />}
    >
      {error && !data && <p role="alert">{t(`errors.${codeOf(error)}`)}</p>}
      {data && (
        <>
          <p className="muted">{t('supervise.read.only')}</p>
          {(data.messages[0]?.seq ?? 1) > 1 && (
            <EarlierMessages id={id} before={data.messages[0]?.seq ?? 1} />
          )}
          <div role="log" aria-live="polite">
            <Messages messages={data.messages} customer={name} />
          </div>
          <div ref={end} />
        </>
      )}
    </Drawer>
  );
}

/** Messages as they follow each other; notes look different and say that they are. */
export function Messages(props: {
  readonly messages: readonly MessageShape[];
  readonly customer: string;
}) {
  const { t } = useTranslation();
  const instant = useInstant();
  const agents = useSupervision().data?.agents ?? [];
  const author = ({ direction, authorId, authorKind }: MessageShape): string => {
    if (direction === 'in') return props.customer;
    const agent = agents.find(({ id }) => id === authorId)?.name;
    return agent ?? t(`supervise.read.${authorKind === 'agent' ? 'agent' : 'system'}`);
  };
  return (
    <ol className="read-along">
      {props.messages.map((message) => (
        <li key={message.id} data-direction={message.direction}>
          <p className="read-along-by">
            <strong>{author(message)}</strong>
            {message.direction === 'note' && (
              <span className="chip warn">{t('supervise.read.note')}</span>
            )}
            <time className="muted numbers" dateTime={message.createdAt}>
              {instant(message.createdAt)}
            </time>
          </p>
          {message.text && <p dir="auto">{message.text}</p>}
          {message.files.map((file) => (
            <p key={file.id} className="muted">
              {t('supervise.read.file', { name: file.name })}
            </p>
          ))}
        </li>
      ))}
    </ol>
  );
}
