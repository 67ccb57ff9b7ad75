import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationShape } from '../../../contracts/conversation';
import { call } from '../api/client';
import { queryClient } from '../api/query-client';
import { useTellFailure } from '../api/tell-failure';
import { useActions } from '../keys/registry';
import { useMyStream, useList } from '../realtime/use-list';
import { useMe } from '../session/session';
import { isOffer, offerEnd } from './offer';
import { OfferCard } from './offer-card';
import './offers.css';

const NO_FILTERS = {};

/** Conversations that are offered to oneself, wherever one is, the one that ends first on top. */
export function Offers() {
  const { t } = useTranslation();
  const me = useMe();
  const tell = useTellFailure();
  const navigate = useNavigate();
  const [busy, setBusy] = useState<string | null>(null);
  useMyStream();
  const { rows } = useList('mine', NO_FILTERS);
  const offers = rows
    .filter((row) => isOffer(row, me.id))
    .sort((a, b) => offerEnd(a).localeCompare(offerEnd(b)));
  const [first] = offers;

  const answer = async (row: ConversationShape, accepted: boolean): Promise<void> => {
    setBusy(row.id);
    try {
      await call(accepted ? 'acceptOffer' : 'rejectOffer', { params: { id: row.id } });
      await queryClient.invalidateQueries({ queryKey: ['conversations', 'mine'] });
      if (accepted) {
        await navigate({ to: '/inbox/$id', params: { id: row.id }, search: { view: 'mine' } });
      }
    } catch (error) {
      tell(error);
      await queryClient.invalidateQueries({ queryKey: ['conversations', 'mine'] });
    } finally {
      setBusy(null);
    }
  };
  useActions([
    {
      id: 'acceptOffer',
      keys: ['Alt+Enter'],
      group: 'everywhere',
      inFields: true,
      disabled: first === undefined || busy !== null,
      run: () => first && void answer(first, true),
    },
  ]);
  return (
    <section className="offers" aria-label={t('offers.label')}>
      <p className="hidden-but-read" role="alert">
        {first && t('offers.announced', { name: first.customerName ?? t('inbox.unknownCustomer') })}
      </p>
      {offers.map((row, at) => (
        <OfferCard
          key={row.id}
          row={row}
          first={at === 0}
          busy={busy === row.id}
          answer={(accepted) => void answer(row, accepted)}
        />
      ))}
    </section>
  );
}
