import { createRoute } from '@tanstack/react-router';
import { InboxPage } from '../inbox/inbox-page';
import { rootRoute } from './root-route';

/** `/inbox` and the conversations in it; what the lists show is in the address. */
export const inboxRoutes = createRoute({
  getParentRoute: () => rootRoute,
  path: '/inbox',
  component: InboxPage,
});
