import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { adminRoutes } from '../admin/admin-routes';
import { HelpPage } from '../keys/help-page';
import { inboxRoutes } from './inbox-routes';
import { rootRoute } from './root-route';
import { superviseRoutes } from './supervise-routes';

const home = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    // The router's own way to go elsewhere.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw redirect({ to: '/inbox' });
  },
});

const help = createRoute({ getParentRoute: () => rootRoute, path: '/help', component: HelpPage });

/** Every address of the panel. A feature adds its routes here and its place in places.ts. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([home, help, inboxRoutes, superviseRoutes, adminRoutes]),
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
