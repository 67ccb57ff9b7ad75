import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { ConversationShape } from '../../../contracts/conversation';
import { Dialog } from '../../ui/dialog';
import { useCommand } from './use-acts';

/** Asks before a conversation is closed for good. */
export function CloseDialog(props: {
  readonly conversation: ConversationShape;
  readonly leave: () => void;
}) {
  const { conversation, leave } = props;
  const { t } = useTranslation();
  const { give, busy } = useCommand();
  const close = async (): Promise<void> => {
    const done = await give(conversation, { name: 'close', args: {} });
    if (done) toast.success(t('acts.close.done', { number: conversation.number }));
    leave();
  };
  return (
    <Dialog
      open
      onOpenChange={leave}
      title={t('acts.close.title')}
      buttons={
        <>
          <button type="button" className="button" onClick={leave}>
            {t('app.cancel')}
          </button>
          <button
            type="button"
            className="button main danger"
            disabled={busy}
            autoFocus
            onClick={() => void close()}
          >
            {t('acts.close.yes')}
          </button>
        </>
      }
    >
      <p>{t('acts.close.text')}</p>
    </Dialog>
  );
}
