import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import type { ApiDeps } from './deps';
import { errors, notFound } from './middleware/errors';
import { requestId } from './middleware/request-id';
import { requestLog } from './middleware/request-log';
import { shedLoad } from './middleware/shed-load';
import { visitorCors } from './middleware/visitor-cors';
import { agentRoutes } from './routes/agents';
import { channelRoutes } from './routes/channels';
import { commandRoutes } from './routes/commands';
import { contactRoutes } from './routes/contacts';
import { conversationRoutes } from './routes/conversations';
import { documentationRoutes } from './routes/documentation';
import { fileRoutes } from './routes/files';
import { healthRoutes } from './routes/health';
import { messageRoutes } from './routes/messages';
import { openChannelRoutes } from './routes/open-channel';
import { queueRoutes } from './routes/queues';
import { sessionRoutes } from './routes/sessions';
import { settingRoutes } from './routes/settings';
import { storedFileRoutes } from './routes/stored-files';
import { visitorRoutes } from './routes/visitor';
import { visitorFileRoutes } from './routes/visitor-files';
import { visitorSessionRoutes } from './routes/visitor-sessions';
import { securityHeaders } from './security';

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
  app.use(requestId(deps), requestLog(deps), securityHeaders(deps.env.publicUrl));
  app.use(compressed());
  app.use(documentationRoutes(), healthRoutes(deps), storedFileRoutes(deps));

  const api = express.Router();
  api.use(shedLoad());
  // Routes that read the raw body stand before the reader of JSON, all others after it.
  api.use(openChannelRoutes(deps));
  api.use('/visitor', visitorCors(deps));
  api.use(express.json({ limit: JSON_LIMIT }));
  api.use((_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
    next();
  });
  // Customers first: their messages are most of all requests, and each route before them costs them something.
  api.use(visitorRoutes(deps), visitorSessionRoutes(deps), visitorFileRoutes(deps));
  api.use(sessionRoutes(deps), agentRoutes(deps), queueRoutes(deps), channelRoutes(deps));
  api.use(contactRoutes(deps), settingRoutes(deps));
  api.use(conversationRoutes(deps), messageRoutes(deps), commandRoutes(deps));
  api.use(fileRoutes(deps));
  app.use('/api/v1', api);

  app.use(notFound);
  app.use(errors);
  return app;
}
