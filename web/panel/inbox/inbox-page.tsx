import { useTranslation } from 'react-i18next';

export function InboxPage() {
  const { t } = useTranslation();
  return (
    <main id="main" tabIndex={-1}>
      <h1>{t('app.places.inbox')}</h1>
    </main>
  );
}
