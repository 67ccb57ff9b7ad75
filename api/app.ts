import compression from 'compression';
import express, { type Express, type RequestHandler, type Router } from 'express';
import type { ApiDeps } from './deps';
import { errors, notFound } from './middleware/errors';
import { requestId } from './middleware/request-id';
import { requestLog } from './middleware/request-log';
import { shedLoad } from './middleware/shed-load';
import { visitorCors } from './middleware/visitor-cors';
import { agentRoutes } from './routes/agents';
import { calendarRoutes } from './routes/calendars';
import { channelRoutes } from './routes/channels';
import { commandRoutes } from './routes/commands';
import { contactRoutes } from './routes/contacts';
import { conversationRoutes } from './routes/conversations';
import { documentationRoutes } from './routes/documentation';
import { draftRoutes } from './routes/drafts';
import { fileRoutes } from './routes/files';
import { healthRoutes } from './routes/health';
import { messageRoutes } from './routes/messages';
import { openChannelRoutes } from './routes/open-channel';
import { queuePreviewRoutes } from './routes/queue-preview';
import { queueVersionRoutes } from './routes/queue-versions';
import { queueRoutes } from './routes/queues';
import { routingRoutes } from './routes/routing';
import { sessionRoutes } from './routes/sessions';
import { settingRoutes } from './routes/settings';
import { storedFileRoutes } from './routes/stored-files';
import { supervisionRoutes } from './routes/supervision';
import { transferTargetRoutes } from './routes/transfer-targets';
import { visitorRoutes } from './routes/visitor';
import { visitorFileRoutes } from './routes/visitor-files';
import { visitorPlaceRoutes } from './routes/visitor-place';
import { visitorSessionRoutes } from './routes/visitor-sessions';
import { apiHeaders, securityHeaders } from './security';
import { webPages } from './web-pages';
import { widgetPages } from './widget-pages';

/** Larger bodies than a message with room to spare are refused; routes for files have readers of their own. */
const JSON_LIMIT = '256kb';

/** Compresses what is read; answers to what is written are a few bytes. */
function compressed(): RequestHandler {
  const compress = compression();
  return (req, res, next) => (req.method === 'GET' ? compress(req, res, next) : next());
}

/** The HTTP side of the API, without a server. Everything under /api/v1, and what people and probes look at. */
export function createApp(deps: ApiDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', deps.env.trustProxy);
  app.set('query parser', 'simple');
  app.use(requestId(deps), requestLog(deps));
  app.use('/api/v1', apiHeaders(deps.env.publicUrl), compressed(), apiRoutes(deps));
  app.use(securityHeaders(deps.env.publicUrl), compressed());
  app.use(documentationRoutes(), healthRoutes(deps), storedFileRoutes(deps), widgetPages(deps));
  if (deps.webFolder !== undefined) app.use(webPages(deps.webFolder));
  app.use(notFound);
  app.use(errors);
  return app;
}

function apiRoutes(deps: ApiDeps): Router {
  const api = express.Router();
  const json = express.json({ limit: JSON_LIMIT });
  api.use(shedLoad());
  // Customers first: their messages are most of all requests, and each step before them costs them something.
  const visitors = express.Router().use(visitorCors(deps), json);
  visitors.use(visitorRoutes(deps), visitorSessionRoutes(deps), visitorFileRoutes(deps));
  visitors.use(visitorPlaceRoutes(deps));
  api.use((req, res, next) =>
    req.path.startsWith('/visitor/') ? visitors(req, res, next) : next(),
  );
  // Routes that read the raw body stand before the reader of JSON, all others after it.
  api.use(openChannelRoutes(deps));
  api.use(json);
  api.use(sessionRoutes(deps), agentRoutes(deps), queueRoutes(deps), channelRoutes(deps));
  api.use(calendarRoutes(deps), contactRoutes(deps), settingRoutes(deps));
  api.use(conversationRoutes(deps), messageRoutes(deps), commandRoutes(deps));
  api.use(fileRoutes(deps), transferTargetRoutes(deps));
  api.use(draftRoutes(deps), routingRoutes(deps));
  api.use(queueVersionRoutes(deps), queuePreviewRoutes(deps), supervisionRoutes(deps));
  return api;
}
