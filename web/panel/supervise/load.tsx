import { useTranslation } from 'react-i18next';

/** How much of what an agent may carry is in use, as a bar and in numbers. */
export function Load({ used, max }: { readonly used: number; readonly max: number }) {
  const { t } = useTranslation();
  const share = max === 0 ? 100 : Math.min(100, Math.round((used * 100) / max));
  const full = used >= max;
  return (
    <span className="supervise-load" data-full={full} title={t('supervise.agents.loadHint')}>
      <span className="supervise-bar" aria-hidden>
        <span style={{ width: `${share}%` }} />
      </span>
      <span className="numbers">{t('supervise.agents.loadOf', { used, max })}</span>
    </span>
  );
}
