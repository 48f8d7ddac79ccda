import type { z } from 'zod';

/** A pull request of one host, as far as a comment on it needs it. */
export interface PullRequest {
  /** For messages, as in `pull request 7 of GitHub`. */
  readonly name: string;
  /** Characters that one comment may have. */
  readonly mostCharacters: number;
  /**
   * Comments that this pipeline wrote earlier, or all where the host does not say who wrote one.
   *
   * @throws NoRights, HostError
   */
  comments(): Promise<readonly Comment[]>;
  /** @throws NoRights, HostError */
  create(body: string): Promise<void>;
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
 * @throws NoRights where the host refuses it; HostError where it does not answer, or not with JSON
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
  const { status } = response;
  if ([401, 403, 404].includes(status))
    throw new NoRights(`${hostOf(url)} answers ${status} to ${method}. ${api.rights}`);
  if (status < 200 || status > 299)
    throw new HostError(`${hostOf(url)} answers ${status} to ${method}: ${text.slice(0, 200)}`);
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new HostError(`${hostOf(url)} answers ${method} with something that is not JSON.`);
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
