import type { RequestHandler } from 'express';

/**
 * Keeps what the nearest proxy says of `X-Forwarded-Proto`. Each proxy may append to what it was given, so in a list the
 * last entry is the nearest proxy's own, and the first may be the client's: Express would believe the first.
 */
export const nearestProtocol: RequestHandler = (request, _response, next) => {
  const given = request.headers['x-forwarded-proto'];
  if (typeof given === 'string') request.headers['x-forwarded-proto'] = given.split(',').at(-1)?.trim().toLowerCase();
  next();
};
