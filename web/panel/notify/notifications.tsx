import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationShape } from '../../../contracts/conversation';
import { queryClient } from '../api/query-client';
import { isOffer } from '../offers/offer';
import { conversationKey, listKey, rowsOf, type ListData } from '../realtime/live-cache';
import type { OpenConversation } from '../realtime/live-cache';
import { useLive } from '../realtime/live-context';
import { useList } from '../realtime/use-list';
import { useMe } from '../session/session';
import { worthTelling, type Worth } from './news';
import { preferences } from './preferences';
import { sound } from './sounds';

const NO_FILTERS = {};

/** Tells of what is new by sound, by the system's notifications, and by the number on the tab and the app. */
export function Notifications() {
  const { t } = useTranslation();
  const live = useLive();
  const me = useMe();
  const navigate = useNavigate();
  const { id: open } = useParams({ strict: false });
  const { rows } = useList('mine', NO_FILTERS);
  const speaks = useSpeaks();
  const offers = rows.filter((row) => isOffer(row, me.id)).length;
  const unread = rows.reduce((sum, row) => sum + (row.status === 'closed' ? 0 : row.unread), 0);

  useEffect(() => {
    const count = unread + offers;
    document.title =
      offers > 0
        ? t('notify.titleOffer', { count: offers })
        : `${count > 0 ? `(${count}) ` : ''}Switchyard`;
    if ('setAppBadge' in navigator) {
      // Only installed apps have one; elsewhere it is refused, and nothing is lost.
      (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => undefined);
    }
  }, [unread, offers, t]);

  const tell = ({ level, conversation }: Worth): void => {
    const looksAtIt =
      open === conversation.id && document.visibilityState === 'visible' && document.hasFocus();
    if (!speaks.current || (level === 'message' && looksAtIt)) return;
    const wanted = preferences();
    if (wanted.sounds) sound(level);
    const granted = 'Notification' in window && Notification.permission === 'granted';
    if (!wanted.desktop || !granted || document.hasFocus()) return;
    const notification = new Notification(t(`notify.${level}`), {
      body: conversation.customerName ?? t('inbox.unknownCustomer'),
      tag: conversation.id,
    });
    notification.onclick = () => {
      window.focus();
      void navigate({
        to: '/inbox/$id',
        params: { id: conversation.id },
        search: { view: 'mine' },
      });
    };
  };
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(
    () =>
      live.onNews((news) => {
        const id =
          news.kind === 'list'
            ? news.change.conversationId
            : news.kind === 'conversation'
              ? news.changes.conversationId
              : null;
        const worth = id && worthTelling(news, heldRow(id), me.id);
        if (worth) latest.current(worth);
      }),
    [live, me.id],
  );
  return null;
}

/** How the cache holds a conversation now. */
function heldRow(id: string): ConversationShape | undefined {
  const whole = queryClient.getQueryData<OpenConversation>(conversationKey(id));
  if (whole) return whole.conversation;
  for (const view of ['mine', 'unassigned'] as const) {
    const data = queryClient.getQueryData<ListData>(listKey(view));
    const row = rowsOf(data).find((held) => held.id === id);
    if (row) return row;
  }
  return undefined;
}

/** Whether this tab is the one that speaks: of several only one does. */
function useSpeaks(): { readonly current: boolean } {
  // Browsers know the locks on secure pages only; elsewhere every tab speaks.
  const speaks = useRef(!('locks' in navigator));
  useEffect(() => {
    if (!('locks' in navigator)) return;
    const stop = new AbortController();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    navigator.locks
      .request('switchyard.speaks', { signal: stop.signal }, () => {
        speaks.current = true;
        return held;
      })
      .catch(() => undefined);
    return () => {
      stop.abort();
      release();
      speaks.current = false;
    };
  }, []);
  return speaks;
}
