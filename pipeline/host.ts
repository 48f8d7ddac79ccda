import type { z } from 'zod';

/** A pull request of one host, as far as a comment on it needs it. */
export interface PullRequest {
  /** For messages, as in `pull request 7 of GitHub`. */
  readonly name: string;
  /** Characters that one comment may have. */
  readonly mostCharacters: number;
  /** Where the whole of a comment is that had to be cut, as in `the summary of the run`. */
  readonly whole: string;
  /**
   * Comments that this pipeline wrote earlier, or all where the host does not say who wrote one.
   *
   * @throws NoRights, HostError
   */
  comments(): Promise<readonly Comment[]>;
  /**
   * @returns what whoever set the pipeline up should know, one sentence; null: nothing
   * @throws NoRights, HostError
   */
  create(body: string): Promise<string | null>;
  /** @throws NoRights, HostError */
  update(comment: Comment, body: string): Promise<void>;
}

export interface Comment {
  /** What the host needs to find it again. */
  readonly id: string;
  readonly body: string;
}

/** The pipeline may not write, as for a pull request from a fork. */
export class NoRights extends Error {}

/** The host does not answer, or answers with an error. */
export class HostError extends Error {}

/** How a host is asked. */
export interface Api {
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What to do where rights are missing, one sentence. */
  readonly rights: string;
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : url);

const timeoutMs = 30_000;

/**
 * Sends one request and reads its JSON. A redirect is not followed: it would take the token with it.
 *
 * @throws NoRights where the host refuses it; HostError where it does not answer, asks to wait, or answers with no JSON
 */
export async function ask(api: Api, method: string, path: string, body?: unknown): Promise<unknown> {
  const url = `${api.base.replace(/\/$/, '')}${path}`;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: { 'user-agent': 'steadystate', 'content-type': 'application/json', ...api.headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    text = await response.text();
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { message?: string } };
    throw new HostError(`${hostOf(url)} does not answer: ${cause?.message ?? message}.`);
  }
  const { status, headers } = response;
  const answer = `${hostOf(url)} answers ${status} to ${method}`;
  if (isLimited(status, headers)) throw new HostError(`${answer}: ${waitOf(headers)} ${saidIn(text)}`.trim());
  if ([401, 403, 404].includes(status)) {
    const said = saidIn(text);
    throw new NoRights(`${answer}. ${api.rights}${said === '' ? '' : ` The host says: ${said}`}`);
  }
  if (status < 200 || status > 299) throw new HostError(`${answer}: ${saidIn(text)}`);
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new HostError(`${hostOf(url)} answers ${method} with something that is not JSON.`);
  }
}

/**
 * Whether a host asks to wait. GitHub also answers 403 then, which is no question of rights.
 *
 * @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
const isLimited = (status: number, headers: Headers): boolean =>
  status === 429 || (status === 403 && (headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0'));

function waitOf(headers: Headers): string {
  const seconds = headers.get('retry-after');
  return `it takes no more requests for now${seconds === null ? '' : `, try again after ${seconds} s`}.`;
}

/** What a host says of an error, by the member that it has for that, or the start of what it sent. */
function saidIn(text: string): string {
  const most = 200;
  try {
    const { message, error } = JSON.parse(text) as { readonly message?: unknown; readonly error?: unknown };
    const said = message ?? error;
    if (said !== undefined) return (typeof said === 'string' ? said : JSON.stringify(said)).slice(0, most);
    return text === '{}' ? '' : text.slice(0, most);
  } catch {
    return text.slice(0, most);
  }
}

/** @throws HostError where an answer is not as the host documents it */
export function shaped<T>(schema: Pick<z.ZodType<T>, 'safeParse'>, answer: unknown): T {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new HostError(`The host answers with something unexpected: ${issue?.path.join('.')}: ${issue?.message}.`);
}

/** All pages of a list. A page that is not full is the last one. */
export async function allPages(page: (number: number) => Promise<unknown>, size: number): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for (let number = 1; number <= mostPages; number++) {
    const items = await page(number);
    if (!Array.isArray(items)) throw new HostError('The host answers with something that is not a list of comments.');
    all.push(...items);
    if (items.length < size) break;
  }
  return all;
}

const mostPages = 100;
