import helmet from 'helmet';
import type { RequestHandler } from 'express';

/** Headers of every answer. The API shows nothing itself; the documentation page has only scripts of its own. */
export function securityHeaders(publicUrl: string): RequestHandler {
  const https = publicUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Files and answers are meant for other origins only where a route says so.
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: https,
  });
}
