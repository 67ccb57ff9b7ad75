import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { conversation, goesOn, surveyed } from '../state/conversation';
import { framed, tellHost } from '../state/host';
import { place } from '../state/place';
import { channel } from '../state/session';
import { copyTranscript, downloadTranscript } from '../state/transcript';
import { clock, say } from '../state/words';
import { announce } from './announce';
import { EndDialog } from './end-dialog';
import { shown } from './history';
import { Icon } from './icon';

/** The bar at the top: who we are, how things stand, what else can be done. */
export function Head({ title }: { readonly title: string }): JSX.Element {
  const avatar = channel.value?.widget.avatarUrl;
  return (
    <header class="head">
      {avatar && <img class="avatar" src={avatar} alt="" width="40" height="40" />}
      <div class="names">
        <h1>{title}</h1>
        {channel.value && <p>{standing()}</p>}
      </div>
      {channel.value && <Menu />}
      {framed && (
        <button type="button" class="round" onClick={() => tellHost({ kind: 'close' })}>
          <Icon name="close" />
          <span class="hidden">{say('head.close')}</span>
        </button>
      )}
    </header>
  );
}

function standing(): string {
  const name = conversation.value?.agentName;
  if (name && goesOn.value) return say('head.with', { name });
  const { open, opensAt, staffed } = place.value;
  if (!open) return opensAt ? say('head.opens', { time: clock(opensAt) }) : say('head.closed');
  return say(staffed ? 'head.online' : 'head.away');
}

function Menu(): JSX.Element {
  const open = useSignal(false);
  const ending = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = conversation.value?.id;
  const live = goesOn.value && !surveyed.value && conversation.value?.status !== 'solved';

  useEffect(() => {
    if (!open.value) return undefined;
    box.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const away = ({ target }: Event): void => {
      if (!box.current?.contains(target as Node) && !button.current?.contains(target as Node)) {
        open.value = false;
      }
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [open.value]);

  const close = (): void => {
    open.value = false;
    button.current?.focus();
  };
  const act = (work: () => unknown) => (): void => {
    close();
    void Promise.resolve(work()).catch(() => announce(say('menu.failed')));
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
    if (event.key === 'Tab') open.value = false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const items = [...(box.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[(at + step + items.length) % items.length]?.focus();
  };
  const item = (text: string, work: () => unknown): JSX.Element => (
    <button type="button" role="menuitem" tabIndex={-1} onClick={act(work)}>
      {text}
    </button>
  );

  return (
    <div class="menu">
      <button
        type="button"
        class="round"
        ref={button}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => (open.value = !open.value)}
      >
        <Icon name="more" />
        <span class="hidden">{say('head.menu')}</span>
      </button>
      {open.value && (
        <div class="items" role="menu" aria-label={say('head.menu')} ref={box} onKeyDown={keys}>
          {id &&
            item(say('menu.copy'), () =>
              copyTranscript(id).then(() => announce(say('menu.copied'))),
            )}
          {id && item(say('menu.download'), () => downloadTranscript(id))}
          {item(say('menu.history'), () => (shown.value = { kind: 'list' }))}
          {id && live && item(say('menu.end'), () => (ending.value = true))}
        </div>
      )}
      {ending.value && id && <EndDialog id={id} onDone={() => (ending.value = false)} />}
    </div>
  );
}
