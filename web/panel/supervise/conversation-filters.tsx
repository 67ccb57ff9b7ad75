import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client';
import { FILTERS, VIEWS, type Filter, type ListSearch } from './search';
import type { Supervision } from './use-supervision';

const TYPED_MS = 300;
const STATUSES = ['open', 'waiting', 'solved'] as const;

type Change = Readonly<Partial<Record<Filter | 'view', string | undefined>>>;
type Option = readonly [value: string, words: string];

/** What the list is narrowed by. */
export function ConversationFilters(props: {
  readonly search: ListSearch;
  readonly supervision: Supervision | undefined;
  readonly set: (change: Change) => void;
}) {
  const { search, supervision, set } = props;
  const { t } = useTranslation();
  const channels =
    useQuery({
      queryKey: ['supervise', 'channels'],
      queryFn: async () => (await call('listChannels', { query: { limit: 100 } })).items,
    }).data ?? [];
  const named = (rows: readonly { id: string; name: string }[] = []): Option[] =>
    rows.map(({ id, name }) => [id, name]);
  const kinds = [...new Set(channels.map(({ kind }) => kind))];
  const choices: readonly (readonly [Filter, readonly Option[]])[] = [
    ['queueId', named(supervision?.queues)],
    ...(search.view === 'unassigned' ? [] : [['agentId', named(supervision?.agents)] as const]),
    ...(search.view === 'active'
      ? [['status', STATUSES.map((one): Option => [one, t(`supervise.statuses.${one}`)])] as const]
      : []),
    ['channelKind', kinds.map((kind): Option => [kind, t(`supervise.kinds.${kind}`, kind)])],
    ['channelId', named(channels)],
  ];
  const used = Object.keys(search.filters).length;
  return (
    <form
      className="supervise-filters"
      role="search"
      aria-label={t('supervise.filters.label')}
      onSubmit={(event) => event.preventDefault()}
    >
      <label className="field">
        <span>{t('supervise.filters.view')}</span>
        <select
          className="input"
          value={search.view}
          onChange={(event) => set({ view: event.target.value })}
        >
          {VIEWS.map((view) => (
            <option key={view} value={view}>
              {t(`supervise.list.${view}`)}
            </option>
          ))}
        </select>
      </label>
      <Typed name="customer" search={search} set={set} />
      <Typed name="number" search={search} set={set} />
      {choices.map(([name, options]) => (
        <label className="field" key={name}>
          <span>{t(`supervise.filters.${name}`)}</span>
          <select
            className="input"
            value={search.filters[name] ?? ''}
            onChange={(event) => set({ [name]: event.target.value || undefined })}
          >
            <option value="">{t('supervise.filters.all')}</option>
            {options.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
      ))}
      {(['from', 'to'] as const).map((name) => (
        <label className="field" key={name}>
          <span>{t(`supervise.filters.${name}`)}</span>
          <input
            className="input"
            type="date"
            value={search.filters[name] ?? ''}
            onChange={(event) => set({ [name]: event.target.value || undefined })}
          />
        </label>
      ))}
      <button
        type="button"
        className="button"
        disabled={used === 0}
        onClick={() => set(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
      >
        {t('supervise.filters.clear')}
      </button>
    </form>
  );
}

/** A field that asks once the typing pauses. */
function Typed(props: {
  readonly name: 'customer' | 'number';
  readonly search: ListSearch;
  readonly set: (change: Change) => void;
}) {
  const { name, search, set } = props;
  const { t } = useTranslation();
  const value = search.filters[name] ?? '';
  const [typed, setTyped] = useState(value);
  const latest = useRef(set);
  latest.current = set;
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => latest.current({ [name]: typed.trim() || undefined }), TYPED_MS);
    return () => clearTimeout(timer);
  }, [name, typed, value]);
  return (
    <label className="field">
      <span>{t(`supervise.filters.${name}`)}</span>
      <input
        className="input"
        type={name === 'number' ? 'number' : 'text'}
        min={name === 'number' ? 1 : undefined}
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </label>
  );
}
