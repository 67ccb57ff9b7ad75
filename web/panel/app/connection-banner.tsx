import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDisconnectedSince } from '../realtime/live-context';

/** A short break is nobody's business. */
const SAID_AFTER_MS = 2_000;

/** Says that news do not come through at the moment. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const since = useDisconnectedSince();
  const [said, setSaid] = useState(false);
  useEffect(() => {
    if (since === null) return setSaid(false);
    const timer = setTimeout(() => setSaid(true), SAID_AFTER_MS);
    return () => clearTimeout(timer);
  }, [since]);
  return (
    <div role="status">
      {said && (
        <p className="banner warn">
          {t(navigator.onLine ? 'app.connection.away' : 'app.connection.offline')}
        </p>
      )}
    </div>
  );
}
