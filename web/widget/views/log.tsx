import { useSignal } from '@preact/signals';
import { Fragment, type JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { VisitorMessage } from '../../../contracts/visitor';
import { conversation } from '../state/conversation';
import type { Outgoing } from '../state/outbox';
import { agentTypes } from '../state/realtime';
import { channel } from '../state/session';
import { dayOf, say } from '../state/words';
import { announce } from './announce';
import { Icon } from './icon';
import { Message } from './message';
import { Pending } from './pending';

interface Props {
  readonly messages: readonly VisitorMessage[];
  readonly outgoing: readonly Outgoing[];
  /** Whether it goes on: then it follows the newest message. */
  readonly live: boolean;
}

/** Near enough to the end to be taken along. */
const NEAR_PX = 80;

/** What was said, by days, and below it what is on its way. */
export function Log({ messages, outgoing, live }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const behind = useSignal(false);
  const last = messages.at(-1);
  const toEnd = (): void => {
    const at = box.current;
    if (at) at.scrollTop = at.scrollHeight;
  };
  useLayoutEffect(() => {
    if (!behind.value || outgoing.length > 0) toEnd();
  }, [last?.id, outgoing.length, agentTypes.value]);
  useEffect(() => {
    const watch = new ResizeObserver(() => {
      if (!behind.value) toEnd();
    });
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  useNews(messages, live);

  const welcome = live ? channel.value?.welcome : null;
  const seen = conversation.value?.agentSeenSeq ?? 0;
  const lastSeen = messages.findLast(({ direction, seq }) => direction === 'in' && seq <= seen)?.id;
  const lastIn = messages.findLast(({ direction }) => direction === 'in')?.id;
  const markOf = (id: string): string | undefined => {
    if (!live) return undefined;
    if (id === lastSeen) return say('log.seen');
    return id === lastIn && outgoing.length === 0 ? say('log.sent') : undefined;
  };

  return (
    <div class="log-frame">
      <div
        class="log"
        ref={box}
        role="log"
        // What is new is announced by itself: read out of here, all of it would be.
        aria-live="off"
        aria-label={say('log.name')}
        tabIndex={0}
        onScroll={({ currentTarget: at }) => {
          behind.value = at.scrollHeight - at.scrollTop - at.clientHeight > NEAR_PX;
        }}
      >
        {welcome && messages.length === 0 && (
          <article class="message out">
            <div class="bubble" dir="auto">
              {welcome}
            </div>
          </article>
        )}
        {messages.map((message, at) => (
          <Fragment key={message.id}>
            {isNewDay(messages[at - 1], message) && <p class="day">{dayOf(message.createdAt)}</p>}
            <Message
              message={message}
              follows={follows(messages[at - 1], message)}
              mark={markOf(message.id)}
            />
          </Fragment>
        ))}
        {outgoing.map((one) => (
          <Pending key={one.id} one={one} />
        ))}
        {live && agentTypes.value && (
          <p class="typing">
            <span class="hidden">
              {say('log.typing', { name: conversation.value?.agentName ?? say('log.assistant') })}
            </span>
            <i />
            <i />
            <i />
          </p>
        )}
      </div>
      {behind.value && (
        <button type="button" class="to-end" onClick={toEnd}>
          <Icon name="down" />
          <span class="hidden">{say('log.newest')}</span>
        </button>
      )}
    </div>
  );
}

/** Says what others have written since the window was shown, and nothing that stood there before. */
function useNews(messages: readonly VisitorMessage[], live: boolean): void {
  const heard = useRef<number | null>(null);
  const id = useRef<string | undefined>(undefined);
  useEffect(() => {
    const newest = messages.at(-1)?.seq ?? 0;
    const now = conversation.value?.id;
    const since = id.current === now ? heard.current : null;
    heard.current = newest;
    id.current = now;
    if (since === null || !live) return;
    const news = messages.filter(({ seq, direction }) => seq > since && direction === 'out');
    if (news.length === 0) return;
    announce(
      news
        .map(({ authorName, text, files }) =>
          [`${authorName ?? say('log.assistant')}:`, text, ...files.map(({ name }) => name)].join(
            ' ',
          ),
        )
        .join('\n'),
    );
  }, [messages.at(-1)?.id]);
}

const isNewDay = (before: VisitorMessage | undefined, message: VisitorMessage): boolean =>
  before !== undefined &&
  new Date(before.createdAt).toDateString() !== new Date(message.createdAt).toDateString();

/** Said by the same, soon after. */
const follows = (before: VisitorMessage | undefined, message: VisitorMessage): boolean =>
  before !== undefined &&
  before.direction === message.direction &&
  before.authorName === message.authorName &&
  Date.parse(message.createdAt) - Date.parse(before.createdAt) < 5 * 60_000;
