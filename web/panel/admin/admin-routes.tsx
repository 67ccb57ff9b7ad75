/** Addresses of the administration. Their pages are fetched when somebody goes there. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { rootRoute } from '../app/root-route';

const admin = createRoute({
  getParentRoute: () => rootRoute,
  path: '/admin',
  component: lazyRouteComponent(() => import('./admin-layout'), 'AdminLayout'),
});

const first = createRoute({
  getParentRoute: () => admin,
  path: '/',
  beforeLoad: () => {
    // The router's own way to go elsewhere.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw redirect({ to: '/admin/channels' });
  },
});

/** Words of an address, where they are words. */
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const channels = createRoute({
  getParentRoute: () => admin,
  path: '/channels',
  component: lazyRouteComponent(() => import('./channels/channels-page'), 'ChannelsPage'),
});
const channel = createRoute({
  getParentRoute: () => admin,
  path: '/channels/$id',
  component: lazyRouteComponent(() => import('./channels/channel-page'), 'ChannelPage'),
});

const queues = createRoute({
  getParentRoute: () => admin,
  path: '/queues',
  validateSearch: ({ archived }: Record<string, unknown>) =>
    archived === true ? { archived: true } : {},
  component: lazyRouteComponent(() => import('./queues/queues-page'), 'QueuesPage'),
});
const queue = createRoute({
  getParentRoute: () => admin,
  path: '/queues/$id',
  component: lazyRouteComponent(() => import('./queues/queue-page'), 'QueuePage'),
});
const queueSettings = createRoute({
  getParentRoute: () => queue,
  path: '/',
  component: lazyRouteComponent(() => import('./queues/queue-settings'), 'QueueSettings'),
});
const queueMembers = createRoute({
  getParentRoute: () => queue,
  path: '/members',
  component: lazyRouteComponent(() => import('./queues/queue-members'), 'QueueMembers'),
});
const queueHistory = createRoute({
  getParentRoute: () => queue,
  path: '/history',
  component: lazyRouteComponent(() => import('./queues/queue-history'), 'QueueHistory'),
});
const queueWhy = createRoute({
  getParentRoute: () => queue,
  path: '/why',
  validateSearch: (search: Record<string, unknown>): { conversation?: string } => {
    const conversation = text(search['conversation']);
    return conversation === undefined ? {} : { conversation };
  },
  component: lazyRouteComponent(() => import('./queues/queue-why'), 'QueueWhy'),
});

const calendars = createRoute({
  getParentRoute: () => admin,
  path: '/calendars',
  component: lazyRouteComponent(() => import('./calendars/calendars-page'), 'CalendarsPage'),
});
const calendar = createRoute({
  getParentRoute: () => admin,
  path: '/calendars/$id',
  component: lazyRouteComponent(() => import('./calendars/calendar-page'), 'CalendarPage'),
});

const agents = createRoute({
  getParentRoute: () => admin,
  path: '/agents',
  validateSearch: (search: Record<string, unknown>): { search?: string; archived?: true } => {
    const words = text(search['search']);
    return {
      ...(words === undefined ? {} : { search: words }),
      ...(search['archived'] === true ? { archived: true as const } : {}),
    };
  },
  component: lazyRouteComponent(() => import('./agents/agents-page'), 'AgentsPage'),
});
const agent = createRoute({
  getParentRoute: () => admin,
  path: '/agents/$id',
  component: lazyRouteComponent(() => import('./agents/agent-page'), 'AgentPage'),
});

const roles = createRoute({
  getParentRoute: () => admin,
  path: '/roles',
  component: lazyRouteComponent(() => import('./agents/roles-page'), 'RolesPage'),
});
const settings = createRoute({
  getParentRoute: () => admin,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-page'), 'SettingsPage'),
});

export const adminRoutes = admin.addChildren([
  first,
  ...[channels, channel, queues, calendars, calendar, agents, agent, roles, settings],
  queue.addChildren([queueSettings, queueMembers, queueHistory, queueWhy]),
]);
