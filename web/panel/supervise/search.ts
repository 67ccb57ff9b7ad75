/** What the list of conversations shows, as it stands in the address. */
import type { ListFilters } from '../realtime/live-cache';

export const VIEWS = ['active', 'unassigned', 'closed'] as const;
export type View = (typeof VIEWS)[number];

export const FILTERS = [
  'customer',
  'queueId',
  'status',
  'channelKind',
  'channelId',
  'agentId',
  'number',
  'from',
  'to',
] as const;
export type Filter = (typeof FILTERS)[number];

export interface ListSearch {
  readonly view: View;
  readonly filters: Readonly<Partial<Record<Filter, string>>>;
  /** The conversation that is read along. */
  readonly read: string | undefined;
}

/** Reads an address, whatever somebody has made of it. */
export function readSearch(given: Readonly<Record<string, unknown>>): ListSearch {
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const filters = FILTERS.flatMap((name) => {
    const value = text(name);
    return value ? [[name, value]] : [];
  });
  return {
    view: VIEWS.find((view) => view === given['view']) ?? 'active',
    filters: Object.fromEntries(filters) as ListSearch['filters'],
    read: text('read'),
  };
}

/** The same as the API takes it: days become the instants at which they begin and end here. */
export function toQuery({ from, to, ...rest }: ListSearch['filters']): ListFilters {
  const begin = dayAfter(from, 0);
  const end = dayAfter(to, 1);
  return { ...rest, ...(begin && { from: begin }), ...(end && { to: end }) };
}

function dayAfter(day: string | undefined, days: number): string | undefined {
  const [year, month, date] = (day ?? '').split('-').map(Number);
  if (!year || !month || !date) return undefined;
  return new Date(year, month - 1, date + days).toISOString();
}
