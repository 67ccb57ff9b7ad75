import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventShape } from '../../../contracts/conversation';
import { useNames } from '../api/directory';
import type { OpenConversation } from '../realtime/live-cache';
import { eventWords } from './event-words';
import { Message } from './message';
import { isShown, useOutbox } from './outbox';
import { UnsentMessage } from './unsent-message';
import { timelineOf } from './timeline-items';
import { useMe } from '../session/session';
import { useOlderMessages } from './use-conversation';
import { Whereabouts } from './whereabouts';

/** So near to the end somebody wants to stay there. */
const NEAR_PX = 120;
/** Longer runs of events are folded. */
const FOLDED_FROM = 4;

/** All that was written and happened, oldest first. */
export function Timeline({ open }: { readonly open: OpenConversation }) {
  const { conversation, messages, events } = open;
  const { t, i18n } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [seenAtFirst] = useState(conversation.agentSeenSeq);
  const older = useOlderMessages(conversation.id, open);
  const me = useMe();
  const unsent = useOutbox(conversation.id).filter((one) => !isShown(one, messages, me.id));
  const items = useMemo(
    () => timelineOf(messages, events, conversation.ownerId === null ? null : seenAtFirst),
    [messages, events, seenAtFirst, conversation.ownerId],
  );
  const lastKey = items.at(-1)?.key;
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box && atEnd.current) box.scrollTop = box.scrollHeight;
  }, [lastKey, unsent.length, messages]);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const keep = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTop = box.scrollHeight;
    });
    keep.observe(box);
    return () => keep.disconnect();
  }, []);
  const loadOlder = async (): Promise<void> => {
    const box = scroller.current;
    const fromEnd = box ? box.scrollHeight - box.scrollTop : 0;
    await older.load();
    // What came before must not move what is being read.
    requestAnimationFrame(() => box && (box.scrollTop = box.scrollHeight - fromEnd));
  };
  const language = i18n.language === 'en-XA' ? 'en' : i18n.language;
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'full' });
  return (
    <div
      ref={scroller}
      className="timeline"
      role="log"
      aria-label={t('conversation.timeline')}
      tabIndex={0}
      onScroll={({ currentTarget: box }) => {
        atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
      }}
    >
      {older.more && (
        <button
          type="button"
          className="button small"
          disabled={older.loading}
          onClick={() => void loadOlder()}
        >
          {t('conversation.older')}
        </button>
      )}
      {items.map((item) => {
        switch (item.kind) {
          case 'day':
            return (
              <p key={item.key} className="timeline-day">
                <span>{day.format(new Date(item.at))}</span>
              </p>
            );
          case 'new':
            return (
              <p key="new" className="timeline-new">
                <span>{t('conversation.newLine')}</span>
              </p>
            );
          case 'events':
            return <Events key={item.key} events={item.events} />;
          case 'message':
            return <Message key={item.key} message={item.message} conversation={conversation} />;
        }
      })}
      {unsent.map((message) => (
        <UnsentMessage key={message.key} message={message} />
      ))}
      <Whereabouts id={conversation.id} />
    </div>
  );
}

function Events({ events }: { readonly events: readonly EventShape[] }) {
  const { t, i18n } = useTranslation();
  const names = useNames();
  const [open, setOpen] = useState(false);
  const folded = !open && events.length >= FOLDED_FROM;
  const shown = folded ? events.slice(-1) : events;
  const clock = new Intl.DateTimeFormat(i18n.language === 'en-XA' ? 'en' : i18n.language, {
    timeStyle: 'short',
  });
  return (
    <div className="timeline-events">
      {folded && (
        <button type="button" className="button quiet small" onClick={() => setOpen(true)}>
          {t('conversation.moreEvents', { count: events.length - 1 })}
        </button>
      )}
      {shown.map((event) => (
        <p key={event.id}>
          {eventWords(event, names, t)}{' '}
          <time dateTime={event.createdAt} className="numbers">
            {clock.format(new Date(event.createdAt))}
          </time>
        </p>
      ))}
    </div>
  );
}
