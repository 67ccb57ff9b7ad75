import type { ListFilters, ListView } from '../realtime/live-cache';

/** What the lists show, as it stands in the address. */
export interface InboxSearch {
  readonly view?: ListView | undefined;
  readonly queueId?: string | undefined;
  readonly status?: string | undefined;
  readonly channelKind?: string | undefined;
  readonly channelId?: string | undefined;
  readonly agentId?: string | undefined;
  readonly customer?: string | undefined;
  readonly number?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const VIEWS: readonly ListView[] = ['mine', 'unassigned', 'active', 'closed'];

export const FILTERS = [
  'queueId',
  'status',
  'channelKind',
  'channelId',
  'agentId',
  'customer',
  'number',
  'from',
  'to',
] as const;

/** Reads the address; what makes no sense in it is as if it were not there. */
export function readSearch(search: Record<string, unknown>): InboxSearch {
  const view = VIEWS.find((one) => one === search['view']);
  const filters = FILTERS.flatMap((name) => {
    const value = search[name];
    return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [];
  });
  return { ...(view ? { view } : {}), ...(Object.fromEntries(filters) as InboxSearch) };
}

/** The filters as the API takes them: dates become instants, the day of `to` counts whole. */
export function filtersOf(search: InboxSearch): ListFilters {
  const day = (date: string, add: number): string => {
    const at = new Date(`${date}T00:00:00`);
    at.setDate(at.getDate() + add);
    return Number.isNaN(at.getTime()) ? '' : at.toISOString();
  };
  const filters: Record<string, string> = {};
  for (const name of FILTERS) {
    const value = search[name]?.trim();
    if (!value) continue;
    if (name === 'from' || name === 'to') {
      const instant = day(value, name === 'to' ? 1 : 0);
      if (instant) filters[name] = instant;
    } else if (name === 'number') {
      const digits = value.replace(/^#/, '');
      if (/^[1-9]\d{0,14}$/.test(digits)) filters[name] = digits;
    } else filters[name] = value;
  }
  return filters;
}
