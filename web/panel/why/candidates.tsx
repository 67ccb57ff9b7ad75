import { Check, Minus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Routing } from './why-drawer';

/** Who could get it, in the order of the rule, and what speaks against each. */
export function Candidates(props: { readonly candidates: NonNullable<Routing['candidates']> }) {
  const { t } = useTranslation();
  const { count, first } = props.candidates;
  return (
    <section aria-labelledby="why-candidates">
      <h3 id="why-candidates">{t('why.candidates')}</h3>
      {count === 0 ? (
        <p className="muted">{t('why.noCandidates')}</p>
      ) : (
        <table className="why-table">
          <thead>
            <tr>
              <th scope="col">{t('why.agent')}</th>
              <th scope="col">{t('why.load')}</th>
              <th scope="col">{t('why.verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {first.map(({ agentId, name, workload, passedOver }) => (
              <tr key={agentId} data-may={passedOver === null}>
                <th scope="row">{name}</th>
                <td className="numbers">{workload} %</td>
                <td>
                  {passedOver === null ? (
                    <Check size={14} aria-hidden />
                  ) : (
                    <Minus size={14} aria-hidden />
                  )}
                  {passedOver === null ? t('why.may') : t(`why.against.${passedOver}`, passedOver)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {count > first.length && (
        <p className="muted">{t('why.moreCandidates', { count: count - first.length })}</p>
      )}
    </section>
  );
}
