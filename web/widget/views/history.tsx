import { signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { VisitorConversation, VisitorMessage } from '../../../contracts/visitor';
import { call, Refusal } from '../state/call';
import { clock, dayOf, say } from '../state/words';
import { Icon } from './icon';
import { Log } from './log';

type Shown =
  { readonly kind: 'list' } | { readonly kind: 'one'; readonly item: VisitorConversation };

/** What of the past is looked at; null for the present. */
export const shown = signal<Shown | null>(null);

interface Page {
  readonly items: readonly VisitorConversation[];
  readonly next: number | null;
}

/** Earlier conversations: the list, and one of them to read. */
export function History(): JSX.Element | null {
  const now = shown.value;
  if (!now) return null;
  const back = (): void => {
    shown.value = now.kind === 'one' ? { kind: 'list' } : null;
  };
  return (
    <section class="history">
      <div class="row start">
        <button type="button" class="round" data-first onClick={back}>
          <Icon name="back" />
          <span class="hidden">{say('history.back')}</span>
        </button>
        <h2>
          {now.kind === 'one'
            ? say('history.item', { number: now.item.number })
            : say('menu.history')}
        </h2>
      </div>
      {now.kind === 'one' ? <One item={now.item} /> : <List />}
    </section>
  );
}

function List(): JSX.Element {
  const page = useSignal<Page | null>(null);
  const failed = useSignal(false);
  const read = async (before?: number | null): Promise<void> => {
    failed.value = false;
    try {
      const more = await call<Page>(`/history${before ? `?before=${before}` : ''}`);
      page.value = { ...more, items: [...(page.value?.items ?? []), ...more.items] };
    } catch (error) {
      if (error instanceof Refusal) failed.value = true;
    }
  };
  useEffect(() => void read(), []);
  const { items = [], next = null } = page.value ?? {};
  return (
    <div class="past">
      {failed.value && (
        <p class="fault" role="alert">
          {say('menu.failed')}
        </p>
      )}
      {page.value && items.length === 0 && <p>{say('history.none')}</p>}
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              class="plain wide"
              onClick={() => (shown.value = { kind: 'one', item })}
            >
              <span>{say('history.item', { number: item.number })}</span>
              <small>{dayOf(item.createdAt)}</small>
            </button>
          </li>
        ))}
      </ul>
      {(next !== null || failed.value) && (
        <button type="button" class="plain" onClick={() => void read(next)}>
          {say(failed.value ? 'log.again' : 'history.more')}
        </button>
      )}
    </div>
  );
}

function One({ item }: { readonly item: VisitorConversation }): JSX.Element {
  const messages = useSignal<readonly VisitorMessage[]>([]);
  useEffect(() => {
    void (async () => {
      for (let after = 0, more = true; more;) {
        const path = `/messages?conversationId=${item.id}&afterSeq=${after}&limit=200`;
        const read = await call<{ messages: VisitorMessage[]; more: boolean }>(path);
        messages.value = [...messages.value, ...read.messages];
        after = read.messages.at(-1)?.seq ?? after;
        more = read.more;
      }
    })().catch(() => undefined);
  }, [item.id]);
  return (
    <>
      <p class="day">{clock(item.createdAt)}</p>
      <Log messages={messages.value} outgoing={[]} live={false} />
    </>
  );
}
