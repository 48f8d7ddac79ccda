import type { RequestHandler } from 'express';
import type { Environment } from './environment';
import { styleHash } from './pages/style';

/** Which instance answered, on every response: how the drill, a smoke test or a curious shopper tells them apart. */
export function sayWhoAnswered({ instanceId, region, zone }: Environment): RequestHandler {
  return (_request, response, next) => {
    response.set('X-Instance-Id', instanceId);
    if (region !== undefined) response.set('X-Region', region);
    if (zone !== undefined) response.set('X-Zone', zone);
    next();
  };
}

// Nothing but the one inline style sheet, named by its hash: the pages load nothing and run no script.
const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const securityHeaders: RequestHandler = (request, response, next) => {
  response.set({
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    // Most answers name the instance or hold a cart; what may be kept says so itself.
    'Cache-Control': 'no-store',
  });
  // Browsers ignore this header over plain HTTP, as the specification asks (RFC 6797, 8.1).
  if (request.secure) response.set('Strict-Transport-Security', 'max-age=31536000');
  next();
};
