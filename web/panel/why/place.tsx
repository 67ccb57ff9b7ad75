import { useTranslation } from 'react-i18next';
import { Elapsed } from '../../ui/elapsed';
import { useInstant } from '../i18n/use-instant';
import type { Routing } from './why-drawer';

/** Where it stands, and in one sentence why it is still there. */
export function Place({ routing }: { readonly routing: Routing }) {
  const { t } = useTranslation();
  const instant = useInstant();
  const { place, why, status, placement } = routing;
  if (!place) {
    const state = status === 'open' ? (placement ?? 'open') : status;
    return <p className="why-lead">{t(`why.standing.${state}`)}</p>;
  }
  return (
    <section className="why-place" aria-label={t('why.place')}>
      <p className="why-position">
        <strong className="numbers">{place.position}</strong>
        <span>
          {t('why.placeIn', { queue: place.queue })}
          <span className="muted numbers">
            {t('why.since')} <Elapsed since={place.since} />
          </span>
        </span>
      </p>
      {placement === 'offered' ? (
        <p className="why-lead">{t('why.standing.offered')}</p>
      ) : (
        why && <p className="why-lead">{why}</p>
      )}
      <p className="why-chips">
        {place.front && <span className="chip accent">{t('why.front')}</span>}
        {place.priority > 0 && (
          <span className="chip warn">{t('why.priority', { value: place.priority })}</span>
        )}
        {!place.open && (
          <span className="chip warn">
            {place.opensAt ? t('why.opensAt', { at: instant(place.opensAt) }) : t('why.opensNever')}
          </span>
        )}
      </p>
    </section>
  );
}
