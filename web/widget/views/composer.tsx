import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { surveyed } from '../state/conversation';
import { choose, chosen, tooMany } from '../state/files';
import { write } from '../state/outbox';
import { stopTyping, type } from '../state/realtime';
import { channel } from '../state/session';
import { keep, recall } from '../state/storage';
import { say } from '../state/words';
import { Chips } from './chips';
import { Emoji } from './emoji';
import { Icon } from './icon';

const MOST = 4000;

/** Where the visitor writes: text, emoji, files by button, drop and paste. */
export function Composer(): JSX.Element {
  const text = useSignal(recall<string>('draft') ?? '');
  const over = useSignal(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const peeked = channel.value?.widget.sneakPeek ?? false;
  const tooLong = text.value.length - MOST;
  const ready = chosen.value.every(({ state }) => state === 'stored');
  const something = text.value.trim() !== '' || chosen.value.length > 0;
  const maySend = something && ready && tooLong <= 0;

  useEffect(() => {
    const at = field.current;
    if (!at) return;
    at.style.height = 'auto';
    at.style.height = `${at.scrollHeight}px`;
  }, [text.value]);

  const set = (now: string): void => {
    text.value = now;
    keep('draft', now === '' ? null : now);
    if (now.trim() === '') stopTyping();
    else type(peeked ? now.slice(0, 2000) : undefined);
  };
  const send = (): void => {
    if (!maySend) return;
    const files = chosen.value.flatMap(({ stored }) => (stored ? [stored] : []));
    write(text.value.trim(), files);
    chosen.value = [];
    tooMany.value = false;
    set('');
    field.current?.focus();
  };
  const insert = (emoji: string): void => {
    const at = field.current;
    const [from, to] = [
      at?.selectionStart ?? text.value.length,
      at?.selectionEnd ?? text.value.length,
    ];
    set(text.value.slice(0, from) + emoji + text.value.slice(to));
    requestAnimationFrame(() => {
      at?.focus();
      at?.setSelectionRange(from + emoji.length, from + emoji.length);
    });
  };
  const take = (data: DataTransfer | null, event: Event): void => {
    over.value = false;
    if (!data || data.files.length === 0) return;
    event.preventDefault();
    choose(data.files);
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      class={`composer ${over.value ? 'over' : ''}`}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={(event) => take(event.dataTransfer, event)}
    >
      {over.value && <p class="drop">{say('write.drop')}</p>}
      <Chips />
      <label class="hidden" for="write">
        {say('write.label')}
      </label>
      <textarea
        id="write"
        data-first
        ref={field}
        rows={1}
        dir="auto"
        value={text.value}
        placeholder={say(surveyed.value ? 'survey.more' : 'write.hint')}
        aria-describedby="write-notes"
        onInput={({ currentTarget }) => set(currentTarget.value)}
        onBlur={stopTyping}
        onKeyDown={keys}
        onPaste={(event) => take(event.clipboardData, event)}
      />
      <div class="tools">
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={({ currentTarget }) => {
            choose(currentTarget.files ?? []);
            currentTarget.value = '';
          }}
        />
        <button type="button" class="round" onClick={() => picker.current?.click()}>
          <Icon name="file" />
          <span class="hidden">{say('write.file')}</span>
        </button>
        <Emoji onPick={insert} />
        <p class="notes" id="write-notes">
          {tooLong > 0 ? say('write.long', { count: tooLong }) : peeked ? say('write.peek') : ''}
        </p>
        <button type="submit" class="round strong" aria-disabled={!maySend}>
          <Icon name="send" />
          <span class="hidden">{say('write.send')}</span>
        </button>
      </div>
    </form>
  );
}
