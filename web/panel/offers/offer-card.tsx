import { useTranslation } from 'react-i18next';
import type { ConversationShape } from '../../../contracts/conversation';
import { ChannelIcon } from '../../ui/channel-icon';
import { Elapsed, Remaining } from '../../ui/elapsed';
import { useNames } from '../api/directory';
import { KeyHint } from '../keys/key-hint';
import { useMe } from '../session/session';
import { isTransferOffer, offerEnd, reasonsOf } from './offer';

/** One offered conversation: whose, why, and for how long. */
export function OfferCard(props: {
  readonly row: ConversationShape;
  /** The keys act on it. */
  readonly first: boolean;
  readonly busy: boolean;
  readonly answer: (accepted: boolean) => void;
}) {
  const { row, first, busy, answer } = props;
  const { t } = useTranslation();
  const me = useMe();
  const names = useNames();
  const name = row.customerName ?? t('inbox.unknownCustomer');
  const end = offerEnd(row);
  const transfer = isTransferOffer(row, me.id);
  return (
    <article className="offer" aria-label={t('offers.card', { name })}>
      <header>
        <ChannelIcon kind={row.channelKind} name={t(`inbox.kinds.${row.channelKind}`)} />
        <strong dir="auto">{name}</strong>
        {end !== '' && (
          <span className="chip warn numbers offer-time">
            <span className="hidden-but-read">{t('offers.timeLeft')} </span>
            <Remaining until={end} />
          </span>
        )}
      </header>
      <p className="offer-text" dir="auto">
        {row.subject ?? row.preview?.text ?? t('inbox.noText')}
      </p>
      <p className="muted numbers">
        {names.queue(row.queueId)} · #{row.number}
        {row.queuedSince !== null && (
          <>
            {' '}
            · {t('inbox.waits')} <Elapsed since={row.queuedSince} />
          </>
        )}
      </p>
      <ul className="offer-reasons">
        {reasonsOf(row, me.id, me.skills).map(({ word, skills }) => (
          <li key={word}>
            {t(`offers.reasons.${word}`, { skills, name: names.agent(row.ownerId) })}
          </li>
        ))}
      </ul>
      <footer>
        <button type="button" className="button" disabled={busy} onClick={() => answer(false)}>
          {t('offers.decline')}
        </button>
        <button type="button" className="button main" disabled={busy} onClick={() => answer(true)}>
          {t(transfer ? 'offers.takeOver' : 'offers.accept')}
        </button>
        {first && <KeyHint keys="Alt+Enter" />}
      </footer>
    </article>
  );
}
