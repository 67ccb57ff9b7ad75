import { useTranslation } from 'react-i18next';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <main className="empty" id="main" tabIndex={-1}>
      <h1>{t('app.notFound.title')}</h1>
      <p>{t('app.notFound.text')}</p>
      <a className="button" href="/">
        {t('app.notFound.home')}
      </a>
    </main>
  );
}
