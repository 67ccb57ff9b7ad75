import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { ConfirmDialog } from '../confirm-dialog';
import { readAnew, type Agent } from '../load';
import { useConversationsOf } from '../use-consequence';

/** Asks before somebody can no longer sign in, and says what becomes of what they hold. */
export function ArchiveAgentDialog(props: {
  readonly agent: Agent;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { agent, onClose, onDone } = props;
  const { t } = useTranslation();
  const conversations = useConversationsOf({ agentId: agent.id });
  return (
    <ConfirmDialog
      title={t('admin-agents.archiving.title', { name: agent.name })}
      act={t('admin-agents.archive')}
      onClose={onClose}
      onConfirm={async () => {
        await call('archiveAgent', { params: { id: agent.id }, query: { open: 'release' } });
        await readAnew();
        onDone();
      }}
    >
      <p>{t('admin-agents.archiving.text')}</p>
      <ul className="consequences">
        <li>{t('admin-agents.archiving.conversations', { conversations })}</li>
        <li>{t('admin-agents.archiving.queues', { count: agent.queueIds.length })}</li>
      </ul>
    </ConfirmDialog>
  );
}
