import { createRoute } from '@tanstack/react-router';
import { ConversationPage } from '../conversation/conversation-page';
import { InboxPage } from '../inbox/inbox-page';
import { readSearch } from '../inbox/search';
import { rootRoute } from './root-route';

/** `/inbox` and the conversations in it; what the lists show is in the address. */
const inbox = createRoute({
  getParentRoute: () => rootRoute,
  path: '/inbox',
  validateSearch: readSearch,
  component: InboxPage,
});

const conversation = createRoute({
  getParentRoute: () => inbox,
  path: '$id',
  component: function Opened() {
    const { id } = conversation.useParams();
    // Another conversation begins anew: its drafts, its place in the timeline.
    return <ConversationPage key={id} id={id} />;
  },
});

export const inboxRoutes = inbox.addChildren([conversation]);
