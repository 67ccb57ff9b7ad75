import { DropdownMenu } from 'radix-ui';
import {
  ArrowLeft,
  ArrowRightLeft,
  CheckCheck,
  ChevronDown,
  CircleQuestionMark,
  Info,
  X,
} from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationShape } from '../../../contracts/conversation';
import { ChannelIcon } from '../../ui/channel-icon';
import { CloseDialog } from '../acts/close-dialog';
import { TransferDialog } from '../acts/transfer-dialog';
import { useCommand, useHide, useTake } from '../acts/use-acts';
import { useNames } from '../api/directory';
import { useActions } from '../keys/registry';
import { rightsOf } from './rights';
import { Subject } from './subject';
import { WaitMenu } from './wait-menu';
import { AlsoHere } from './whereabouts';
import { useMe } from '../session/session';

/** Asked for now and then: it comes when it is. */
const WhyDrawer = lazy(async () => ({
  default: (await import('../why/why-drawer')).WhyDrawer,
}));

/** Who it is about, where it stands, and what can be done. */
export function Header(props: {
  readonly conversation: ConversationShape;
  readonly back: () => void;
  readonly details: boolean;
  readonly showDetails: (show: boolean) => void;
}) {
  const { conversation, back, details, showDetails } = props;
  const { t } = useTranslation();
  const me = useMe();
  const names = useNames();
  const take = useTake();
  const hide = useHide();
  const { give, busy } = useCommand();
  const [asked, setAsked] = useState<'close' | 'transfer' | 'why' | null>(null);
  const may = rightsOf(conversation, me);
  const solve = (): void => void give(conversation, { name: 'solve', args: {} });
  useActions([
    {
      id: 'take',
      keys: ['a'],
      group: 'conversation',
      disabled: !may.take,
      run: () => take(conversation.id),
    },
    {
      id: 'transfer',
      keys: ['t'],
      group: 'conversation',
      disabled: !may.transfer,
      run: () => setAsked('transfer'),
    },
    { id: 'solve', keys: ['d'], group: 'conversation', disabled: !may.solve, run: solve },
    {
      id: 'close',
      keys: ['e'],
      group: 'conversation',
      disabled: !may.close,
      run: () => setAsked('close'),
    },
  ]);
  const status = t(`inbox.statuses.${conversation.status}`);
  return (
    <header className="conversation-header">
      <div className="conversation-who">
        <button
          type="button"
          className="button icon quiet only-narrow"
          aria-label={t('conversation.back')}
          onClick={back}
        >
          <ArrowLeft size={18} aria-hidden />
        </button>
        <ChannelIcon
          kind={conversation.channelKind}
          name={t(`inbox.kinds.${conversation.channelKind}`)}
        />
        <h2 dir="auto">{conversation.customerName ?? t('inbox.unknownCustomer')}</h2>
        <span className="muted numbers">
          #{conversation.number} · {names.queue(conversation.queueId)}
          {conversation.ownerId !== null && <> · {names.agent(conversation.ownerId)}</>}
        </span>
        <AlsoHere id={conversation.id} />
        <button
          type="button"
          className="button icon small quiet"
          aria-pressed={details}
          aria-label={t('conversation.details')}
          title={t('conversation.details')}
          onClick={() => showDetails(!details)}
        >
          <Info size={16} aria-hidden />
        </button>
        <button
          type="button"
          className="button icon small quiet"
          aria-label={t('why.title')}
          title={t('why.title')}
          onClick={() => setAsked('why')}
        >
          <CircleQuestionMark size={16} aria-hidden />
        </button>
      </div>
      <div className="conversation-acts">
        <Subject conversation={conversation} mayEdit={may.edit} />
        {may.setStatus ? (
          <DropdownMenu.Root modal={false}>
            <DropdownMenu.Trigger className="button small" disabled={busy}>
              <span className="hidden-but-read">{t('conversation.status')}: </span>
              {status}
              <ChevronDown size={14} aria-hidden />
            </DropdownMenu.Trigger>
            <DropdownMenu.Portal>
              <DropdownMenu.Content className="menu" align="end">
                {conversation.status === 'waiting' && (
                  <DropdownMenu.Item
                    onSelect={() => void give(conversation, { name: 'resume', args: {} })}
                  >
                    {t('inbox.statuses.open')}
                  </DropdownMenu.Item>
                )}
                <WaitMenu conversation={conversation} />
                <DropdownMenu.Item disabled={!may.solve} onSelect={solve}>
                  {t('inbox.statuses.solved')}
                </DropdownMenu.Item>
                <DropdownMenu.Item onSelect={() => setAsked('close')}>
                  {t('inbox.statuses.closed')}
                </DropdownMenu.Item>
              </DropdownMenu.Content>
            </DropdownMenu.Portal>
          </DropdownMenu.Root>
        ) : (
          <span className="chip">{status}</span>
        )}
        {may.take && (
          <button type="button" className="button small main" onClick={() => take(conversation.id)}>
            {t('inbox.take')}
          </button>
        )}
        {may.transfer && (
          <button type="button" className="button small" onClick={() => setAsked('transfer')}>
            <ArrowRightLeft size={14} aria-hidden />
            {t('keys.transfer')}
          </button>
        )}
        {may.solve && (
          <button type="button" className="button small" disabled={busy} onClick={solve}>
            <CheckCheck size={14} aria-hidden />
            {t('keys.solve')}
          </button>
        )}
        {may.close && (
          <button type="button" className="button small" onClick={() => setAsked('close')}>
            <X size={14} aria-hidden />
            {t('keys.close')}
          </button>
        )}
        {may.hide && (
          <button
            type="button"
            className="button small danger"
            onClick={() => void hide(conversation.id).then(back)}
          >
            {t('conversation.hide')}
          </button>
        )}
      </div>
      {asked === 'why' && (
        <Suspense>
          <WhyDrawer conversationId={conversation.id} close={() => setAsked(null)} />
        </Suspense>
      )}
      {asked === 'close' && (
        <CloseDialog conversation={conversation} leave={() => setAsked(null)} />
      )}
      {asked === 'transfer' && (
        <TransferDialog conversation={conversation} leave={() => setAsked(null)} />
      )}
    </header>
  );
}
