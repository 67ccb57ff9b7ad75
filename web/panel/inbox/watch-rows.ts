import { useEffect } from 'react';
import type { ConversationShape } from '../../../contracts/conversation';
import { useLive } from '../realtime/live-context';

/** The stream has room for two hundred conversations; nobody holds as many. */
const MOST = 100;

/** Watches one's own conversations, so that the list shows what their customers type. */
export function useWatchRows(rows: readonly ConversationShape[]): void {
  const live = useLive();
  const ids = rows
    .filter(({ status, placement }) => status !== 'closed' && placement === 'assigned')
    .slice(0, MOST)
    .map(({ id }) => id)
    .sort()
    .join(',');
  useEffect(() => {
    const ends = ids === '' ? [] : ids.split(',').map((id) => live.watchConversation(id));
    return () => ends.forEach((end) => end());
  }, [live, ids]);
}
