import type { Endpoint } from '../endpoint';
import { commandsEndpoints } from './commands';
import { conversationsEndpoints } from './conversations';
import { messagesEndpoints } from './messages';

/** Every endpoint under /api/v1. The document is made of these, and a test asks each of them for its manners. */
export const endpoints: readonly Endpoint[] = [
  ...conversationsEndpoints,
  ...messagesEndpoints,
  ...commandsEndpoints,
];
