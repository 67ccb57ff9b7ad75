import { useQuery } from '@tanstack/react-query';
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { ConversationShape } from '../../../contracts/conversation';
import { Dialog } from '../../ui/dialog';
import { call } from '../api/client';
import { codeOf } from '../api/api-error';
import { TransferTarget } from './transfer-target';
import { agentTarget, queueTarget, type Target } from './transfer-targets';
import { useCommand } from './use-acts';
import './transfer-dialog.css';

type Kind = 'queue' | 'agent';

/** Availability is as old as this at most. */
const FRESH_MS = 5_000;

/** To which queue or agent a conversation goes; says who is there, and what speaks against it. */
export function TransferDialog(props: {
  readonly conversation: ConversationShape;
  readonly leave: () => void;
}) {
  const { conversation, leave } = props;
  const { t } = useTranslation();
  const { give, busy } = useCommand();
  const [kind, setKind] = useState<Kind>('queue');
  const [search, setSearch] = useState('');
  const [chosenId, setChosen] = useState<string | null>(null);
  const targets = useTargets(kind, search, conversation);
  // As it is now: whether somebody is there changes while one chooses.
  const chosen = targets.data?.find(({ id }) => id === chosenId);

  const transfer = async (): Promise<void> => {
    if (!chosen) return;
    const done = await give(
      conversation,
      kind === 'queue'
        ? { name: 'transferToQueue', args: { queueId: chosen.id } }
        : { name: 'transferToAgent', args: { agentId: chosen.id } },
    );
    if (done) toast.success(t('acts.transfer.done', { name: chosen.name }));
    leave();
  };

  const warning = chosen?.warning;
  return (
    <Dialog
      open
      onOpenChange={leave}
      wide
      title={t('acts.transfer.title')}
      buttons={
        <>
          <button type="button" className="button" onClick={leave}>
            {t('app.cancel')}
          </button>
          <button
            type="button"
            className="button main"
            disabled={busy || !chosen || chosen.refused}
            onClick={() => void transfer()}
          >
            {t('acts.transfer.yes')}
          </button>
        </>
      }
    >
      <Tabs.Root
        value={kind}
        onValueChange={(value) => {
          setKind(value as Kind);
          setChosen(null);
        }}
      >
        <Tabs.List className="tabs" aria-label={t('acts.transfer.to')}>
          <Tabs.Trigger value="queue">{t('acts.transfer.queue')}</Tabs.Trigger>
          <Tabs.Trigger value="agent">{t('acts.transfer.agent')}</Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value={kind} className="transfer">
          <label className="field">
            <span>{t('acts.transfer.search')}</span>
            <input
              className="input"
              value={search}
              autoFocus
              onChange={(event) => setSearch(event.target.value)}
            />
          </label>
          {targets.isError && <p role="alert">{t(`errors.${codeOf(targets.error)}`)}</p>}
          <fieldset className="transfer-list">
            <legend className="hidden-but-read">{t('acts.transfer.to')}</legend>
            {targets.data?.map((target) => (
              <TransferTarget
                key={target.id}
                target={target}
                chosen={target.id === chosenId}
                choose={() => setChosen(target.id)}
              />
            ))}
            {targets.data?.length === 0 && <p className="muted">{t('acts.transfer.none')}</p>}
          </fieldset>
          <div role="status">
            {warning && (
              <p className={chosen.refused ? 'transfer-warning bad' : 'transfer-warning'}>
                {t(`acts.transfer.warnings.${warning}`, { name: chosen.name })}
              </p>
            )}
          </div>
        </Tabs.Content>
      </Tabs.Root>
    </Dialog>
  );
}

function useTargets(kind: Kind, typed: string, conversation: ConversationShape) {
  const search = typed.trim();
  const query = { limit: 50, ...(search ? { search } : {}) };
  return useQuery({
    queryKey: ['transfer-targets', kind, search],
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
    placeholderData: (before, of) => (of?.queryKey[1] === kind ? before : undefined),
    queryFn: async (): Promise<Target[]> => {
      if (kind === 'queue') {
        const { items } = await call('listTransferQueues', { query });
        return items.map((queue) => queueTarget(queue));
      }
      const { items } = await call('listTransferAgents', { query });
      return items
        .filter(({ id }) => id !== conversation.ownerId)
        .map((agent) => agentTarget(agent));
    },
  });
}
