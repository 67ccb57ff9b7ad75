import * as agents from '../contracts/http/agents';
import * as calendars from '../contracts/http/calendars';
import * as channels from '../contracts/http/channels';
import * as commands from '../contracts/http/commands';
import * as contacts from '../contracts/http/contacts';
import * as conversations from '../contracts/http/conversations';
import * as drafts from '../contracts/http/drafts';
import * as files from '../contracts/http/files';
import * as messages from '../contracts/http/messages';
import * as queuePreview from '../contracts/http/queue-preview';
import * as queueVersions from '../contracts/http/queue-versions';
import * as queues from '../contracts/http/queues';
import * as routing from '../contracts/http/routing';
import * as sessions from '../contracts/http/sessions';
import * as settings from '../contracts/http/settings';
import * as supervision from '../contracts/http/supervision';
import * as transferTargets from '../contracts/http/transfer-targets';
import type { Endpoint } from '../contracts/endpoint';
import { routes } from '../web/panel/api/routes';

test('the panel asks where the contracts say', () => {
  const contracts = {
    ...agents,
    ...calendars,
    ...channels,
    ...commands,
    ...contacts,
    ...conversations,
    ...drafts,
    ...files,
    ...messages,
    ...queuePreview,
    ...queueVersions,
    ...queues,
    ...routing,
    ...sessions,
    ...settings,
    ...supervision,
    ...transferTargets,
  } as Readonly<Record<string, unknown>>;
  const promised = Object.keys(routes).map((name) => {
    const { method, path } = contracts[name] as Endpoint;
    return [name, [method, path]];
  });
  expect(Object.fromEntries(promised)).toEqual(routes);
});
