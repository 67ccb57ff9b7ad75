import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { useAgents } from '../load';
import { Loaded } from '../page';
import { useWhen } from '../when';

/** Why a conversation went to whom it went to: each decision with its sentences, the newest first. */
export function RoutingStory({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const when = useWhen();
  const agents = useAgents().data ?? [];
  const routing = useQuery({
    queryKey: ['admin', 'getRouting', id],
    staleTime: 0,
    queryFn: () => call('getRouting', { params: { id } }),
  });
  return (
    <section className="why-story" aria-label={t('admin.why.story')}>
      <Loaded of={routing}>
        {(data) => (
          <>
            {data.why !== null && <p className="banner info">{data.why}</p>}
            {data.receipts.length === 0 && <p className="muted">{t('admin.why.noReceipts')}</p>}
            <ol>
              {data.receipts.map((receipt) => (
                <li key={receipt.id} className="form-section">
                  <header>
                    <h2>{when(receipt.createdAt)}</h2>
                  </header>
                  <ul className="sentences">
                    {receipt.sentences.map((sentence) => (
                      <li key={sentence}>{sentence}</li>
                    ))}
                  </ul>
                  {receipt.candidates.length > 0 && (
                    <div className="table-frame">
                      <table className="table" aria-label={t('admin.why.candidates')}>
                        <thead>
                          <tr>
                            {['agent', 'workload', 'outcome'].map((column) => (
                              <th key={column} scope="col">
                                {t(`admin.why.columns.${column}`)}
                              </th>
                            ))}
                          </tr>
                        </thead>
                        <tbody>
                          {receipt.candidates.map((candidate) => (
                            <tr key={candidate.agentId}>
                              <th scope="row">
                                {agents.find((each) => each.id === candidate.agentId)?.name ??
                                  t('admin.members.gone')}
                              </th>
                              <td className="numbers">{Math.round(candidate.workload)} %</td>
                              <td>
                                {candidate.agentId === receipt.agentId ? (
                                  <span className="chip ok">{t('admin.why.got')}</span>
                                ) : candidate.passedOver ? (
                                  t(
                                    `admin.why.against.${candidate.passedOver}`,
                                    candidate.passedOver,
                                  )
                                ) : (
                                  t('admin.why.later')
                                )}
                              </td>
                            </tr>
                          ))}
                        </tbody>
                      </table>
                    </div>
                  )}
                </li>
              ))}
            </ol>
          </>
        )}
      </Loaded>
    </section>
  );
}
