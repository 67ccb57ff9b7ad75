import type { Endpoint } from '../endpoint';
import { agentsEndpoints } from './agents';
import { calendarsEndpoints } from './calendars';
import { channelsEndpoints } from './channels';
import { commandsEndpoints } from './commands';
import { contactsEndpoints } from './contacts';
import { conversationsEndpoints } from './conversations';
import { draftsEndpoints } from './drafts';
import { filesEndpoints } from './files';
import { messagesEndpoints } from './messages';
import { openChannelEndpoints } from './open-channel';
import { queuePreviewEndpoints } from './queue-preview';
import { queueVersionsEndpoints } from './queue-versions';
import { queuesEndpoints } from './queues';
import { routingEndpoints } from './routing';
import { sessionsEndpoints } from './sessions';
import { settingsEndpoints } from './settings';
import { supervisionEndpoints } from './supervision';
import { transferTargetsEndpoints } from './transfer-targets';
import { visitorEndpoints } from './visitor';
import { visitorPlaceEndpoints } from './visitor-place';

/** Every endpoint under /api/v1. The document is made of these, and a test asks each of them for its manners. */
export const endpoints: readonly Endpoint[] = [
  ...sessionsEndpoints,
  ...agentsEndpoints,
  ...queuesEndpoints,
  ...queueVersionsEndpoints,
  ...queuePreviewEndpoints,
  ...calendarsEndpoints,
  ...channelsEndpoints,
  ...contactsEndpoints,
  ...settingsEndpoints,
  ...conversationsEndpoints,
  ...routingEndpoints,
  ...messagesEndpoints,
  ...commandsEndpoints,
  ...supervisionEndpoints,
  ...transferTargetsEndpoints,
  ...draftsEndpoints,
  ...filesEndpoints,
  ...visitorEndpoints,
  ...visitorPlaceEndpoints,
  ...openChannelEndpoints,
];
