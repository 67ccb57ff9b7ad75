import { Check, CheckCheck, Clock, CircleAlert } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationShape, MessageShape } from '../../../contracts/conversation';
import { useNames } from '../api/directory';
import { MessageFile } from './message-file';

/** One message or note, with who wrote it, when, and how far it has come. */
export const Message = memo(function Message(props: {
  readonly message: MessageShape;
  readonly conversation: ConversationShape;
}) {
  const { message, conversation } = props;
  const { t, i18n } = useTranslation();
  const names = useNames();
  const { direction, authorKind, authorId } = message;
  const isAgent = authorId !== null && (authorKind === 'agent' || authorKind === 'supervisor');
  const author =
    direction === 'in'
      ? (conversation.customerName ?? t('inbox.unknownCustomer'))
      : isAgent
        ? names.agent(authorId)
        : t(`conversation.authors.${authorKind}`, {
            defaultValue: t('conversation.authors.assistant'),
          });
  const kind = direction === 'out' && !isAgent ? 'out assistant' : direction;
  const time = new Intl.DateTimeFormat(i18n.language === 'en-XA' ? 'en' : i18n.language, {
    timeStyle: 'short',
  }).format(new Date(message.createdAt));
  return (
    <article className={`message ${kind}`}>
      <p className="message-head">
        {direction === 'note' && <span className="chip warn">{t('conversation.note')}</span>}
        <strong dir="auto">{author}</strong>
        <time dateTime={message.createdAt} className="numbers">
          {time}
        </time>
        {direction === 'out' && <Delivery message={message} conversation={conversation} />}
      </p>
      {message.text !== '' && (
        <p className="message-text" dir="auto">
          {message.text}
        </p>
      )}
      {message.files.map((file) => (
        <MessageFile key={file.id} file={file} />
      ))}
      {message.delivery === 'failed' && (
        <p className="message-fault" role="alert">
          {t('conversation.delivery.failedText')}
        </p>
      )}
    </article>
  );
});

function Delivery(props: {
  readonly message: MessageShape;
  readonly conversation: ConversationShape;
}) {
  const { message, conversation } = props;
  const { t } = useTranslation();
  const seen = message.seq <= conversation.customerSeenSeq || message.delivery === 'read';
  const state = seen ? 'read' : message.delivery;
  const words = t(`conversation.delivery.${state}`, { defaultValue: '' });
  if (words === '') return null;
  const Icon =
    state === 'read' || state === 'delivered'
      ? CheckCheck
      : state === 'failed'
        ? CircleAlert
        : state === 'sent' || state === 'none'
          ? Check
          : Clock;
  return (
    <span className={`delivery ${state}`} title={words}>
      <Icon size={14} aria-hidden />
      <span className="hidden-but-read">{words}</span>
    </span>
  );
}
