import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf } from '../api/api-error';
import type { OpenConversation } from '../realtime/live-cache';
import { useMe } from '../session/session';
import { Composer } from './composer';
import { ContextPane } from './context-pane';
import { Header } from './header';
import { Notices } from './notices';
import { rightsOf } from './rights';
import { Timeline } from './timeline';
import { useConversation, useLooking, useSeen } from './use-conversation';
import { useWaitKey } from './wait-menu';
import './conversation.css';

/** Below this width what is known of the customer is shown only when asked for. */
const ROOM_FOR_DETAILS = '(min-width: 1100px)';

/** One conversation, to be read and, by whom it concerns, worked on. */
export function ConversationPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const query = useConversation(id);
  useLooking(id, query.data !== undefined);
  useSeen(query.data?.conversation);
  if (query.data) return <Opened open={query.data} />;
  if (query.isError) {
    return (
      <div className="empty" role="alert">
        <h2>{t('conversation.failed')}</h2>
        <p>{t(`errors.${codeOf(query.error)}`)}</p>
        <button type="button" className="button" onClick={() => void query.refetch()}>
          {t('app.retry')}
        </button>
      </div>
    );
  }
  return (
    <p className="empty" role="status">
      {t('app.starting')}
    </p>
  );
}

function Opened({ open }: { readonly open: OpenConversation }) {
  const { conversation } = open;
  const me = useMe();
  const navigate = useNavigate();
  const [details, showDetails] = useState(() => matchMedia(ROOM_FOR_DETAILS).matches);
  const may = rightsOf(conversation, me);
  useWaitKey(conversation, may.setStatus);
  const back = (): void => void navigate({ to: '/inbox', search: (now) => now });
  return (
    <div className="conversation" data-details={details}>
      <div className="conversation-main">
        <Header
          conversation={conversation}
          back={back}
          details={details}
          showDetails={showDetails}
        />
        <Notices conversation={conversation} />
        <Timeline open={open} />
        {(may.reply || may.note) && <Composer conversation={conversation} mayReply={may.reply} />}
      </div>
      {details && <ContextPane open={open} />}
    </div>
  );
}
