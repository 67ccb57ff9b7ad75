import { Clock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { discard, retry, type Unsent } from './outbox';

/** A message on its way, or one that was refused. */
export function UnsentMessage({ message }: { readonly message: Unsent }) {
  const { t } = useTranslation();
  const { kind, text, files, failed } = message;
  return (
    <article className={`message ${kind === 'note' ? 'note' : 'out'} unsent`}>
      <p className="message-head">
        {failed === null && (
          <>
            <Clock size={14} aria-hidden /> {t('conversation.delivery.sending')}
          </>
        )}
      </p>
      <p className="message-text" dir="auto">
        {text}
      </p>
      {files.map((file) => (
        <p key={file.id}>{file.name}</p>
      ))}
      {failed !== null && (
        <div className="message-fault" role="alert">
          <p>
            {t('conversation.notSent')} {t(`errors.${failed}`)}
          </p>
          <button type="button" className="button small" onClick={() => retry(message)}>
            {t('app.retry')}
          </button>{' '}
          <button type="button" className="button small" onClick={() => discard(message)}>
            {t('conversation.discard')}
          </button>
        </div>
      )}
    </article>
  );
}
