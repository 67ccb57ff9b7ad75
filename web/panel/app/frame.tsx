import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Notifications } from '../notify/notifications';
import { Offers } from '../offers/offers';
import { Palette } from '../keys/palette';
import { StateBanner } from '../session/state-banner';
import { ConnectionBanner } from './connection-banner';
import { ReadinessBanner } from './readiness-banner';
import { Rail } from './rail';
import './frame.css';

/** What is around every screen of somebody who is signed in. */
export function Frame() {
  const { t } = useTranslation();
  return (
    <div className="frame">
      <a className="skip-link" href="#main">
        {t('app.skip')}
      </a>
      <Rail />
      <section className="frame-banners" aria-label={t('app.notices')}>
        <ConnectionBanner />
        <ReadinessBanner />
        <StateBanner />
      </section>
      <div className="frame-page">
        <Outlet />
      </div>
      <Offers />
      <Notifications />
      <Palette />
    </div>
  );
}
