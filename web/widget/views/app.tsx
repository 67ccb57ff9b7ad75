import { useComputed, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { conversation, messages, surveyed } from '../state/conversation';
import { framed, open, tellHost } from '../state/host';
import { outbox } from '../state/outbox';
import { answered } from '../state/place';
import { away } from '../state/realtime';
import { channel, refusedBy } from '../state/session';
import { say } from '../state/words';
import { announcement } from './announce';
import { Composer } from './composer';
import { focusFirst } from './focus';
import { Form } from './form';
import { Head } from './head';
import { History, shown } from './history';
import { Log } from './log';
import { Over } from './over';
import { introduced } from './introduced';
import { Status } from './status';
import { Survey } from './survey';

/** The whole window. */
export function App(): JSX.Element {
  useSignalEffect(() => {
    if (open.value && channel.value) requestAnimationFrame(focusFirst);
  });
  // Wherever the focus is, also where what had it is gone.
  useEffect(() => {
    const shut = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && framed) tellHost({ kind: 'close' });
    };
    document.addEventListener('keydown', shut);
    return () => document.removeEventListener('keydown', shut);
  }, []);
  const title = channel.value?.widget.texts.title ?? say('head.title');
  return (
    <div class="window" role="dialog" aria-label={title} style={colours()}>
      <Head title={title} />
      <p class="hidden" role="status">
        {announcement.value}
      </p>
      {away.value && (
        <p class="banner" role="status">
          {say('state.away')}
        </p>
      )}
      <Body />
    </div>
  );
}

function Body(): JSX.Element {
  const view = useComputed(present);
  switch (view.value) {
    case 'refused':
      return <p class="notice">{say('state.refused')}</p>;
    case 'loading':
      return (
        <div class="loading" aria-busy="true">
          <p class="hidden">{say('state.loading')}</p>
          <i />
          <i />
          <i />
        </div>
      );
    case 'history':
      return <History />;
    case 'leave':
      return <Form kind="leave" />;
    case 'none':
      return <Form kind="none" />;
    case 'ask':
      return <Form kind="ask" />;
    case 'talk':
      return (
        <>
          <Log messages={messages.value} outgoing={outbox.value} live />
          <Status />
          {surveyed.value && <Survey />}
          {conversation.value?.status === 'closed' ? <Over /> : <Composer />}
        </>
      );
  }
}

function present(): 'refused' | 'loading' | 'history' | 'leave' | 'none' | 'ask' | 'talk' {
  if (refusedBy.value) return 'refused';
  if (!channel.value) return 'loading';
  if (shown.value) return 'history';
  if (conversation.value || outbox.value.length > 0) return 'talk';
  const { leaveMessage, preChat } = channel.value.widget;
  if (!answered.value) return leaveMessage ? 'leave' : 'none';
  return preChat.length > 0 && !introduced.value ? 'ask' : 'talk';
}

/** The channel's own colours. Set by script, as the page's policy takes no styles from markup. */
function colours(): Record<string, string> {
  const { accent, onAccent, visitor, agent } = channel.value?.widget ?? {};
  const given = {
    '--accent': accent,
    '--on-accent': onAccent,
    '--visitor': visitor?.background,
    '--on-visitor': visitor?.text,
    '--agent': agent?.background,
    '--on-agent': agent?.text,
  };
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
