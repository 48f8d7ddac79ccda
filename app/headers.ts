import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Environment } from './environment';
import { styleHash } from './pages/style';

/** Which instance answered, on every response. The drill, smoke tests and shoppers use it to distinguish instances. */
export function sayWhoAnswered({ instanceId, region, zone }: Environment): RequestHandler {
  return (_request, response, next) => {
    response.setHeader('X-Instance-Id', instanceId);
    if (region !== undefined) response.setHeader('X-Region', region);
    if (zone !== undefined) response.setHeader('X-Zone', zone);
    next();
  };
}

const helmetHeaders = helmet({
  // Nothing but the one inline style sheet, named by its hash, and the icon: the pages load nothing else and run no script.
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: [`'sha256-${styleHash}'`],
      imgSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  frameguard: { action: 'deny' },
  referrerPolicy: { policy: 'same-origin' },
  // Set below, because its default also applies to every sibling host, and the shop must not decide for those.
  strictTransportSecurity: false,
});

/** What helmet sets is the same on every answer, so it is asked once: its chain costs a few per cent of a request's CPU time. */
const fixedHeaders: readonly (readonly [string, string])[] = (() => {
  const headers: [string, string][] = [];
  const setHeader = (name: string, value: string) => headers.push([name, value]);
  helmetHeaders({} as IncomingMessage, { setHeader, removeHeader() {} } as unknown as ServerResponse, (error) => {
    if (error) throw error;
  });
  return headers;
})();

export const securityHeaders: RequestHandler = (request, response, next) => {
  for (const [name, value] of fixedHeaders) response.setHeader(name, value);
  // Most answers name the instance or hold a cart. A route whose answer may be cached sets its own header.
  response.setHeader('Cache-Control', 'no-store');
  // Browsers ignore this header over plain HTTP, as the specification asks (RFC 6797, 8.1).
  if (request.secure) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
  next();
};
