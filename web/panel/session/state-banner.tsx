import { useTranslation } from 'react-i18next';
import { Elapsed } from '../../ui/elapsed';
import { useMyState } from './my-state';
import { useMe } from './session';

/** Tells somebody who is paused, or not heard of, since when and how to come back. */
export function StateBanner() {
  const { t } = useTranslation();
  const me = useMe();
  const { change, busy } = useMyState();
  if (me.state === 'available') return null;
  const reason = me.pauseReason && t(`session.reasons.${me.pauseReason}`, me.pauseReason);
  return (
    <div className="banner warn">
      <strong>
        {me.state === 'logged_off'
          ? t('session.banner.loggedOff')
          : reason
            ? t('session.banner.pausedFor', { reason })
            : t('session.banner.paused')}
      </strong>
      <span className="numbers">
        <Elapsed since={me.stateSince} />
      </span>
      <span>{t('session.banner.nothingNew')}</span>
      <button
        type="button"
        className="button small"
        disabled={busy}
        onClick={() => change('available')}
      >
        {t('session.becomeAvailable')}
      </button>
    </div>
  );
}
