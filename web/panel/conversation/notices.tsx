import { useTranslation } from 'react-i18next';
import type { ConversationShape } from '../../../contracts/conversation';
import { Remaining } from '../../ui/elapsed';
import { useNames } from '../api/directory';
import { useMe } from '../session/session';

/** What somebody must know before they write: waiting, survey, rating, a transfer that is offered. */
export function Notices({ conversation }: { readonly conversation: ConversationShape }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const names = useNames();
  const { status, survey, rating, snoozeUntil, surveyExpiresAt, transferToId, transferUntil } =
    conversation;
  const when = (instant: string): string =>
    new Intl.DateTimeFormat(i18n.language === 'en-XA' ? 'en' : i18n.language, {
      dateStyle: 'medium',
      timeStyle: 'short',
    }).format(new Date(instant));
  const notes = [
    status === 'waiting' && snoozeUntil !== null && (
      <p key="waiting">{t('conversation.notices.waiting', { when: when(snoozeUntil) })}</p>
    ),
    survey === 'running' && (
      <p key="survey">
        {t('conversation.notices.survey')}{' '}
        {surveyExpiresAt !== null && (
          <span className="numbers">
            <Remaining until={surveyExpiresAt} />
          </span>
        )}
      </p>
    ),
    survey === 'answered' && rating !== null && (
      <p key="rating">{t('conversation.notices.rated', { rating })}</p>
    ),
    (survey === 'skipped' || survey === 'expired') && (
      <p key="unrated">{t('conversation.notices.unrated')}</p>
    ),
    status === 'closed' && conversation.closedAt !== null && (
      <p key="closed">{t('conversation.notices.closed', { when: when(conversation.closedAt) })}</p>
    ),
    transferToId !== null && transferToId !== me.id && (
      <p key="transfer">
        {t('conversation.notices.transfer', { name: names.agent(transferToId) })}{' '}
        {transferUntil !== null && (
          <span className="numbers">
            <Remaining until={transferUntil} />
          </span>
        )}
      </p>
    ),
  ].filter(Boolean);
  return notes.length > 0 ? <div className="notices">{notes}</div> : null;
}
