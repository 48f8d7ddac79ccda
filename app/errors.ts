import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { maxBodyBytes } from './input';
import { messagePage } from './pages/message';
import { Problem } from './problem';
import type { ViewOf } from './view';

export const notFound: RequestHandler = (request) => {
  throw new Problem(404, `There is nothing at ${request.method} ${request.path.slice(0, 100)}.`);
};

/** What body-parser and Express's router throw: errors with a status and, mostly, a type. */
interface HttpError {
  readonly status?: unknown;
  readonly type?: unknown;
}

const refusals: Readonly<Record<string, string>> = {
  'entity.parse.failed': 'The body is not valid JSON.',
  'entity.too.large': `The body is larger than ${maxBodyBytes} bytes.`,
  'parameters.too.many': 'The form has too many fields.',
};

/** Keeps a message only if it was written for clients: anything else could hold a path, a host name or a key. */
function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { status, type } = (typeof error === 'object' && error !== null ? error : {}) as HttpError;
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new Problem(
      status,
      refusals[String(type)] ?? `The request cannot be read: ${STATUS_CODES[status] ?? status}.`,
    );
  return new Problem(500, 'Something went wrong here. It has been noted.', { cause: error });
}

const isApi = (request: Request) => request.path === '/api' || request.path.startsWith('/api/');

/** The last handler: problem details on the API, a page elsewhere, the cause on stderr and never to the client. */
export function answerErrors(viewOf: ViewOf, report: (line: string) => void): ErrorRequestHandler {
  return (error, request, response, next) => {
    const problem = toProblem(error);
    const { cause } = problem;
    if (problem.status === 500)
      report(
        `${request.method} ${request.path} (request ${response.locals.requestId}): ${cause instanceof Error ? cause.stack : String(cause)}`,
      );
    // A part of the answer is sent already. Only closing the connection shows that the rest will not follow.
    if (response.headersSent) return next(error);
    if (problem.retryAfterSeconds !== undefined) response.set('Retry-After', String(problem.retryAfterSeconds));
    response.status(problem.status);
    if (isApi(request)) {
      response.type('application/problem+json');
      response.send(
        JSON.stringify({ type: 'about:blank', title: problem.title, status: problem.status, detail: problem.message }),
      );
    } else response.send(messagePage(viewOf(request, response), problem, response.locals.requestId));
  };
}
