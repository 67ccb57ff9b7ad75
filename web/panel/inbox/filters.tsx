import { useNavigate, useSearch } from '@tanstack/react-router';
import { Search, SlidersHorizontal } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAgents, useChannels, useQueues } from '../api/directory';
import { useActions } from '../keys/registry';
import type { ListView } from '../realtime/live-cache';
import { FILTERS, readSearch, type InboxSearch } from './search';

const TYPED_MS = 300;
const KINDS = ['live-chat', 'email', 'sms', 'whatsapp', 'messenger', 'open'] as const;

/** What a list is narrowed by. It stands in the address, so it can be kept and passed on. */
export function Filters({ view }: { readonly view: ListView }) {
  const { t } = useTranslation();
  const search = readSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const panel = useId();
  const field = useRef<HTMLInputElement>(null);
  useActions([{ id: 'search', keys: ['/'], group: 'go', run: () => field.current?.focus() }]);
  const set = (change: Partial<InboxSearch>): void =>
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, ...change })) as never,
      replace: true,
    });
  const used = FILTERS.filter((name) => name !== 'customer' && search[name]).length;
  return (
    <div className="filters">
      <div className="filters-line">
        <label className="filters-search">
          <Search size={16} aria-hidden />
          <span className="hidden-but-read">{t('inbox.filters.customer')}</span>
          <Typed
            ref={field}
            value={search.customer ?? ''}
            placeholder={t('inbox.filters.customer')}
            change={(customer) => set({ customer: customer || undefined })}
          />
        </label>
        <button
          type="button"
          className="button icon"
          aria-expanded={open}
          aria-controls={panel}
          aria-label={t('inbox.filters.more', { count: used })}
          onClick={() => setOpen(!open)}
        >
          <SlidersHorizontal size={16} aria-hidden />
          {used > 0 && <span className="numbers">{used}</span>}
        </button>
      </div>
      {open && (
        <div className="filters-more" id={panel}>
          <FilterFields view={view} search={search} set={set} />
          <button
            type="button"
            className="button small"
            onClick={() => set(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
          >
            {t('inbox.filters.clear')}
          </button>
        </div>
      )}
    </div>
  );
}

function FilterFields(props: {
  readonly view: ListView;
  readonly search: InboxSearch;
  readonly set: (change: Partial<InboxSearch>) => void;
}) {
  const { view, search, set } = props;
  const { t } = useTranslation();
  const queues = useQueues().data ?? [];
  const agents = useAgents().data ?? [];
  const channels = useChannels().data ?? [];
  const named = (list: readonly { id: string; name: string }[]): [string, string][] =>
    list.map(({ id, name }) => [id, name]);
  const choice = (name: (typeof FILTERS)[number], options: readonly [string, string][]) => (
    <label className="field">
      <span>{t(`inbox.filters.${name}`)}</span>
      <select
        className="input"
        value={search[name] ?? ''}
        onChange={(event) => set({ [name]: event.target.value || undefined })}
      >
        <option value="">{t('inbox.filters.all')}</option>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
  const statuses = ['open', 'waiting', 'solved'].map((status): [string, string] => [
    status,
    t(`inbox.statuses.${status}`),
  ]);
  return (
    <>
      {choice('queueId', named(queues))}
      {(view === 'active' || view === 'mine') && choice('status', statuses)}
      {choice(
        'channelKind',
        KINDS.map((kind): [string, string] => [kind, t(`inbox.kinds.${kind}`)]),
      )}
      {choice('channelId', named(channels))}
      {(view === 'active' || view === 'closed') && choice('agentId', named(agents))}
      <label className="field">
        <span>{t('inbox.filters.number')}</span>
        <Typed
          value={search.number ?? ''}
          change={(number) => set({ number: number || undefined })}
        />
      </label>
      {(['from', 'to'] as const).map((name) => (
        <label className="field" key={name}>
          <span>{t(`inbox.filters.${name}`)}</span>
          <input
            className="input"
            type="date"
            value={search[name] ?? ''}
            onChange={(event) => set({ [name]: event.target.value || undefined })}
          />
        </label>
      ))}
    </>
  );
}

/** A field that says what was typed once the typing pauses. */
function Typed(props: {
  readonly value: string;
  readonly placeholder?: string;
  readonly change: (value: string) => void;
  readonly ref?: React.Ref<HTMLInputElement>;
}) {
  const { value, placeholder, change, ref } = props;
  const [typed, setTyped] = useState(value);
  const latest = useRef(change);
  latest.current = change;
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => latest.current(typed), TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <input
      ref={ref}
      className="input"
      type="text"
      value={typed}
      placeholder={placeholder}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}
