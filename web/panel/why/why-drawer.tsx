import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Remaining } from '../../ui/elapsed';
import { codeOf } from '../api/api-error';
import { call, type Answer } from '../api/client';
import { Candidates } from './candidates';
import { Drawer } from './drawer';
import { Place } from './place';
import { Receipts } from './receipts';
import { WaitSplit } from './wait-split';
import './why.css';

/** What is shown follows the conversation at this pace. */
const EVERY_MS = 2_000;

export type Routing = Answer<'getRouting'>;

/** Says why a conversation waits, or went where it is: its place, its wait, its candidates, what comes and what was. */
export function WhyDrawer(props: { readonly conversationId: string; readonly close: () => void }) {
  const { conversationId, close } = props;
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    queryKey: ['routing', conversationId],
    queryFn: ({ signal }) => call('getRouting', { params: { id: conversationId }, signal }),
    refetchInterval: EVERY_MS,
  });
  return (
    <Drawer title={t(data?.place ? 'why.titleWaiting' : 'why.title')} close={close}>
      {data ? (
        <Explanation id={conversationId} routing={data} />
      ) : error ? (
        <div className="empty" role="alert">
          <p>{t(`errors.${codeOf(error)}`)}</p>
          <button type="button" className="button" onClick={() => void refetch()}>
            {t('app.retry')}
          </button>
        </div>
      ) : (
        <p role="status">{t('app.starting')}</p>
      )}
    </Drawer>
  );
}

function Explanation({ id, routing }: { readonly id: string; readonly routing: Routing }) {
  const { t } = useTranslation();
  const { wait, candidates, deadlines, temporalUrl } = routing;
  return (
    <div className="why">
      <Place routing={routing} />
      {wait && <WaitSplit wait={wait} />}
      {candidates && <Candidates candidates={candidates} />}
      <section aria-labelledby="why-deadlines">
        <h3 id="why-deadlines">{t('why.deadlines')}</h3>
        {deadlines.length === 0 ? (
          <p className="muted">{t('why.noDeadlines')}</p>
        ) : (
          <ul className="why-deadlines">
            {deadlines.map(({ name, at, said }) => (
              <li key={name}>
                <span>{said}</span>
                <span className="numbers">
                  <span className="hidden-but-read">{t('why.in')} </span>
                  <Remaining until={at} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <Receipts id={id} newest={routing.receipts} />
      {temporalUrl && (
        <p>
          <a href={temporalUrl} target="_blank" rel="noreferrer" className="why-temporal">
            {t('why.temporal')} <ExternalLink size={14} aria-hidden />
          </a>
        </p>
      )}
    </div>
  );
}
