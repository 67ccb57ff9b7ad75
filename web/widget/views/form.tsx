import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { ShownField } from '../../../contracts/widget';
import { user } from '../state/host';
import { write } from '../state/outbox';
import { place } from '../state/place';
import { channel, renew, type Told } from '../state/session';
import { keep } from '../state/storage';
import { clock, say } from '../state/words';
import { Field, faultOf } from './field';
import { introduced } from './introduced';

const MESSAGE: ShownField = {
  key: 'message',
  type: 'text',
  label: null,
  required: true,
  options: [],
};
/** The visitor's own words have no key that a channel's field could have. */
const MESSAGE_KEY = ' message';

interface Props {
  /** `ask`: before a conversation. `leave`: while nobody is there. `none`: when there is nothing to be done. */
  readonly kind: 'ask' | 'leave' | 'none';
}

/** What is asked before a conversation begins, or when a message is left. */
export function Form({ kind }: Props): JSX.Element {
  const form = useRef<HTMLFormElement>(null);
  const values = useSignal<Readonly<Record<string, string>>>({});
  const faults = useSignal<Readonly<Record<string, string>>>({});
  const busy = useSignal(false);
  const failed = useSignal(false);
  const { texts, preChat = [], leaveMessage } = channel.value?.widget ?? {};
  const fields = kind === 'leave' ? (leaveMessage ?? []) : preChat;
  const all = kind === 'leave' ? [...fields, { ...MESSAGE, key: MESSAGE_KEY }] : fields;
  const valueOf = ({ key, type }: ShownField): string =>
    values.value[key] ??
    (type === 'name' || type === 'email' || type === 'phone' ? (user.value?.[type] ?? '') : '');

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy.value) return;
    const found = all.flatMap((field) => {
      const fault = faultOf(field, valueOf(field));
      return fault ? [[field.key, fault] as const] : [];
    });
    faults.value = Object.fromEntries(found);
    if (found.length > 0) {
      requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus(),
      );
      return;
    }
    busy.value = true;
    failed.value = false;
    try {
      await renew(toldBy(fields, valueOf));
      keep('introduced', true);
      introduced.value = true;
      if (kind === 'leave') write((values.value[MESSAGE_KEY] ?? '').trim());
    } catch {
      failed.value = true;
    }
    busy.value = false;
  };

  if (kind === 'none') return <p class="notice">{introduction(kind, texts)}</p>;
  return (
    <form class="questions" ref={form} noValidate onSubmit={(event) => void submit(event)}>
      <p class="introduction" dir="auto">
        {introduction(kind, texts)}
      </p>
      {all.map((field) => (
        <Field
          key={field.key}
          field={field}
          long={field.key === MESSAGE_KEY}
          value={valueOf(field)}
          fault={faults.value[field.key]}
          onChange={(value) => {
            values.value = { ...values.value, [field.key]: value };
            if (faults.value[field.key] && !faultOf(field, value)) {
              faults.value = { ...faults.value, [field.key]: '' };
            }
          }}
        />
      ))}
      {texts?.consent && <p class="consent">{texts.consent}</p>}
      {failed.value && (
        <p class="fault" role="alert">
          {say('form.failed')}
        </p>
      )}
      <button type="submit" class="strong wide" aria-disabled={busy.value}>
        {say(kind === 'leave' ? 'form.leave' : 'form.begin')}
      </button>
    </form>
  );
}

/** What a session is told: what a person is known by apart, the rest as answers. */
function toldBy(fields: readonly ShownField[], valueOf: (field: ShownField) => string): Told {
  const filled = fields
    .map((field) => ({ field, value: valueOf(field).trim() }))
    .filter(({ value }) => value !== '');
  const own = filled.filter(({ field: { type } }) => type === 'text' || type === 'select');
  const known = filled.filter((each) => !own.includes(each));
  const answers = Object.fromEntries(own.map(({ field, value }) => [field.key, value]));
  return {
    ...Object.fromEntries(known.map(({ field, value }) => [field.type, value])),
    ...(own.length > 0 ? { answers } : {}),
  };
}

type Texts = NonNullable<typeof channel.value>['widget']['texts'];

function introduction(kind: Props['kind'], texts: Texts | undefined): string {
  const { open, opensAt } = place.value;
  if (kind === 'ask') return texts?.introduction ?? say('form.introduction');
  const own = open ? texts?.away : texts?.closed;
  if (own) return own;
  if (kind === 'leave') return say(open ? 'away.text' : 'away.closed');
  const until = opensAt ? `${say('head.opens', { time: clock(opensAt) })}. ` : '';
  return open ? say('away.later') : until + say('away.none');
}
