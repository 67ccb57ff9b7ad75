import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Palette } from '../keys/palette';
import { StateBanner } from '../session/state-banner';
import { ConnectionBanner } from './connection-banner';
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
        <StateBanner />
      </section>
      <div className="frame-page">
        <Outlet />
      </div>
      <Palette />
    </div>
  );
}
