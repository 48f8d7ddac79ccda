import { z } from 'zod';
import { type Api, allPages, ask, type PullRequest, shaped } from './host';

const pageSize = 100;

const notes = z.array(
  z.looseObject({
    id: z.number(),
    body: z.string(),
    system: z.boolean().optional(),
    author: z.looseObject({ id: z.number() }),
  }),
);

/**
 * The merge request of a GitLab pipeline; null: this is none, or it has no token. The token of the job cannot write notes, so
 * `GITLAB_TOKEN` holds one with the scope `api`.
 *
 * @see https://docs.gitlab.com/api/notes/
 */
export function gitLabMergeRequest(env: NodeJS.ProcessEnv): PullRequest | null {
  const { CI_API_V4_URL: base, CI_MERGE_REQUEST_IID: number, GITLAB_TOKEN: token } = env;
  // A pipeline of a fork runs in the fork, and its merge request belongs to the project that it wants to change.
  const project = env.CI_MERGE_REQUEST_PROJECT_ID ?? env.CI_PROJECT_ID;
  if (!base || !project || !number || !token) return null;
  const api: Api = {
    base,
    headers: { 'private-token': token },
    rights: 'GITLAB_TOKEN may not write notes: it needs the scope api and at least the role Reporter.',
  };
  const path = `/projects/${encodeURIComponent(project)}/merge_requests/${encodeURIComponent(number)}/notes`;
  return {
    name: `merge request ${number} of project ${project}`,
    mostCharacters: 1_000_000,
    whole: 'the artifacts of the job',
    comments: async () => {
      const self = shaped(z.looseObject({ id: z.number() }), await ask(api, 'GET', '/user'));
      const page = (at: number) => ask(api, 'GET', `${path}?per_page=${pageSize}&page=${at}`);
      return shaped(notes, await allPages(page, pageSize))
        .filter(({ system, author }) => system !== true && author.id === self.id)
        .map(({ id, body }) => ({ id: String(id), body }));
    },
    create: async (body) => {
      await ask(api, 'POST', path, { body });
      return null;
    },
    update: async ({ id }, body) => void (await ask(api, 'PUT', `${path}/${id}`, { body })),
  };
}
