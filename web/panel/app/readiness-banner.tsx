import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

const EVERY_MS = 30_000;

interface Readiness {
  readonly status: string;
  readonly checks: Readonly<Record<string, string>>;
}

/** Says that a part of the service is away, and what that means for one's work. */
export function ReadinessBanner() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['readiness'],
    refetchInterval: EVERY_MS,
    retry: false,
    queryFn: async ({ signal }): Promise<Readiness> =>
      (await (await fetch('/readyz', { signal })).json()) as Readiness,
  });
  const away = Object.entries(data?.checks ?? {}).filter(([, state]) => state !== 'ok');
  return (
    <div role="status">
      {away.length > 0 && (
        <p className="banner warn">
          <strong>{t('app.readiness.partial')}</strong>
          {away.map(([part]) => (
            <span key={part}>
              {t(`app.readiness.${part}`, { defaultValue: t('app.readiness.other') })}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
