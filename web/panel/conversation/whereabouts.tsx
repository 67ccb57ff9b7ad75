import { useTranslation } from 'react-i18next';
import { useNames } from '../api/directory';
import { useWhoIsHere } from '../realtime/ephemeral';

/** What the customer types at this moment, and which other agents are here. */
export function Whereabouts({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const names = useNames();
  const { customer, agents } = useWhoIsHere(id);
  const typing = agents.filter(({ state }) => state === 'typing');
  return (
    <>
      {customer && (
        <div className="message in peek">
          <p className="message-head">
            {t('conversation.customerTypes')} <Dots />
          </p>
          {customer.text && (
            <p className="message-text" dir="auto">
              {customer.text}
            </p>
          )}
        </div>
      )}
      {typing.map(({ agentId }) => (
        <p key={agentId} className="timeline-typing">
          {t('conversation.agentTypes', { name: names.agent(agentId) })} <Dots />
        </p>
      ))}
    </>
  );
}

/** Who else looks at it, for the head of the conversation. */
export function AlsoHere({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const names = useNames();
  const { agents } = useWhoIsHere(id);
  return (
    <span className="also-here" role="status">
      {agents.length > 0 &&
        t('conversation.alsoHere', {
          names: agents.map(({ agentId }) => names.agent(agentId)).join(', '),
        })}
    </span>
  );
}

const Dots = () => (
  <span className="dots" aria-hidden>
    <span />
    <span />
    <span />
  </span>
);
