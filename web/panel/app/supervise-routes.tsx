import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from './root-route';

const supervise = createRoute({
  getParentRoute: () => rootRoute,
  path: '/supervise',
  component: lazyRouteComponent(() => import('../supervise/supervise-page'), 'SupervisePage'),
});

const overview = createRoute({
  getParentRoute: () => supervise,
  path: '/',
  component: lazyRouteComponent(() => import('../supervise/overview'), 'Overview'),
});

const conversations = createRoute({
  getParentRoute: () => supervise,
  path: '/conversations',
  component: lazyRouteComponent(() => import('../supervise/conversations'), 'Conversations'),
});

/** `/supervise`: queues and agents now; `/supervise/conversations`: all that is not closed, its filters in the address. */
export const superviseRoutes = supervise.addChildren([overview, conversations]);
