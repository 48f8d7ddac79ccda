import fs from 'node:fs';
import { z } from 'zod';
import { type Api, allPages, ask, type PullRequest, shaped } from './host';

const pageSize = 100;

const comments = z.array(
  z.looseObject({ id: z.number(), body: z.string().nullish(), user: z.looseObject({ login: z.string() }).nullish() }),
);

const written = z.looseObject({ user: z.looseObject({ login: z.string() }) });

/**
 * The pull request of a run of GitHub Actions; null: this is none, or it has no token.
 *
 * @param author login that wrote earlier comments; other people's are left alone
 * @see https://docs.github.com/rest/issues/comments
 */
export function gitHubPullRequest(env: NodeJS.ProcessEnv, author: string): PullRequest | null {
  const { GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token, GITHUB_API_URL: base = 'https://api.github.com' } = env;
  const number = numberOf(env);
  if (!repository || !token || number === null) return null;
  const api: Api = {
    base,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'x-github-api-version': '2022-11-28',
    },
    rights:
      'The token may not write comments: a pull request from a fork gets one that only reads; in your own repository grant permissions: pull-requests: write.',
  };
  const issue = `/repos/${repository}/issues`;
  return {
    name: `pull request ${number} of ${repository}`,
    // What the API accepts as the body of a comment.
    mostCharacters: 65_536,
    whole: 'the summary of the run',
    comments: async () => {
      const page = (at: number) => ask(api, 'GET', `${issue}/${number}/comments?per_page=${pageSize}&page=${at}`);
      return shaped(comments, await allPages(page, pageSize))
        .filter(({ user }) => user?.login === author)
        .map(({ id, body }) => ({ id: String(id), body: body ?? '' }));
    },
    create: async (body) => {
      const made = written.safeParse(await ask(api, 'POST', `${issue}/${number}/comments`, { body }));
      const login = made.success ? made.data.user.login : author;
      return login === author
        ? null
        : `${login} wrote it, and the next run looks for a comment of ${author}: give --author '${login}', or comment-author of the action, so that it finds this one.`;
    },
    update: async ({ id }, body) => void (await ask(api, 'PATCH', `${issue}/comments/${id}`, { body })),
  };
}

/** Of the event that started the run, or of its reference. */
function numberOf({ GITHUB_EVENT_PATH: event, GITHUB_REF: reference }: NodeJS.ProcessEnv): number | null {
  const ofReference = /^refs\/pull\/(\d+)\//.exec(reference ?? '')?.[1];
  if (ofReference) return Number(ofReference);
  if (!event || !fs.existsSync(event)) return null;
  try {
    return pullRequestEvent.parse(JSON.parse(fs.readFileSync(event, 'utf8'))).pull_request.number;
  } catch {
    return null;
  }
}

const pullRequestEvent = z.looseObject({ pull_request: z.looseObject({ number: z.number() }) });
