/** What can be done to a conversation, with a sentence where it is refused. */
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { ConversationShape } from '../../../contracts/conversation';
import { call } from '../api/client';
import { queryClient } from '../api/query-client';
import { useTellFailure } from '../api/tell-failure';
import { conversationKey } from '../realtime/live-cache';

type Command = NonNullable<Parameters<typeof call<'giveCommand'>>[1]>['body'];
type Wish = Exclude<Command, FormData | undefined>;

/** Whether something is under way, and what begins it; its promise tells whether it was done. */
export function useCommand() {
  const { t } = useTranslation();
  const tell = useTellFailure();
  const [busy, setBusy] = useState(false);
  const give = useCallback(
    async (
      conversation: Pick<ConversationShape, 'id' | 'lastSeq'>,
      wish: Wish,
    ): Promise<boolean> => {
      const { id, lastSeq } = conversation;
      setBusy(true);
      try {
        const { outcome } = await call('giveCommand', {
          params: { id },
          // What the customer has written meanwhile must be read before.
          body: { ...wish, afterSeq: lastSeq } as Wish,
        });
        if (outcome === null) toast.info(t('acts.later'));
        return true;
      } catch (error) {
        tell(error);
        return false;
      } finally {
        setBusy(false);
        void queryClient.invalidateQueries({ queryKey: ['conversations', 'closed'] });
      }
    },
    [t, tell],
  );
  return { give, busy };
}

/** Takes a conversation from the line and opens it. */
export function useTake(): (id: string) => void {
  const tell = useTellFailure();
  const navigate = useNavigate();
  return useCallback(
    (id) => {
      const take = async (): Promise<void> => {
        try {
          await call('takeConversation', { params: { id } });
          await queryClient.invalidateQueries({ queryKey: conversationKey(id) });
          await navigate({ to: '/inbox/$id', params: { id }, search: { view: 'mine' } });
        } catch (error) {
          tell(error);
        }
      };
      void take();
    },
    [tell, navigate],
  );
}

/** Takes a closed conversation out of one's list. */
export function useHide(): (id: string) => Promise<void> {
  const tell = useTellFailure();
  return useCallback(
    async (id) => {
      try {
        await call('hideConversation', { params: { id } });
        await queryClient.invalidateQueries({ queryKey: ['conversations', 'mine'] });
      } catch (error) {
        tell(error);
      }
    },
    [tell],
  );
}
