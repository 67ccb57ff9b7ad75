import { useTranslation } from 'react-i18next';
import { clockWords } from '../../ui/elapsed';
import type { Routing } from './why-drawer';

const CAUSES = ['closed', 'nobody in', 'all full', 'offer ignored'] as const;

/** What the wait was spent on: a bar for the eye, and the same in numbers. */
export function WaitSplit({ wait }: { readonly wait: NonNullable<Routing['wait']> }) {
  const { t } = useTranslation();
  const total = CAUSES.reduce((sum, cause) => sum + (wait.byCause[cause] ?? 0), 0);
  const parts = CAUSES.map((cause) => ({ cause, ms: wait.byCause[cause] ?? 0 })).filter(
    ({ ms }) => ms > 0,
  );
  const percent = (ms: number): number => (total === 0 ? 0 : (ms * 100) / total);
  return (
    <section aria-labelledby="why-wait">
      <h3 id="why-wait">{t('why.wait')}</h3>
      <div className="why-bar" aria-hidden>
        {parts.map(({ cause, ms }) => (
          <span key={cause} data-cause={cause} style={{ flexGrow: percent(ms) }} />
        ))}
      </div>
      <table className="why-table">
        <thead>
          <tr>
            <th scope="col">{t('why.cause')}</th>
            <th scope="col">{t('why.time')}</th>
            <th scope="col">{t('why.share')}</th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ cause, ms }) => (
            <tr key={cause}>
              <th scope="row">
                <span className="why-swatch" data-cause={cause} aria-hidden />
                {t(`why.causes.${cause}`)}
              </th>
              <td className="numbers">{clockWords(ms)}</td>
              <td className="numbers">{Math.round(percent(ms))} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
