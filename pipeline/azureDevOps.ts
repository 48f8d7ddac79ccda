import { z } from 'zod';
import { type Api, ask, type PullRequest, shaped } from './host';

const threads = z.looseObject({
  value: z.array(
    z.looseObject({
      id: z.number(),
      isDeleted: z.boolean().optional(),
      comments: z
        .array(z.looseObject({ id: z.number(), content: z.string().nullish(), isDeleted: z.boolean().optional() }))
        .nullish(),
    }),
  ),
});

/** A pipeline can also build a repository of another host, where its pull requests are, too. */
const azureRepos = 'TfsGit';

/**
 * The pull request of an Azure DevOps pipeline; null: this is none, it is one of another host, or the step has no
 * `SYSTEM_ACCESSTOKEN`.
 *
 * @see https://learn.microsoft.com/rest/api/azure/devops/git/pull-request-threads
 */
export function azureDevOpsPullRequest(env: NodeJS.ProcessEnv): PullRequest | null {
  const {
    SYSTEM_COLLECTIONURI: base,
    SYSTEM_TEAMPROJECTID: project,
    BUILD_REPOSITORY_ID: repository,
    SYSTEM_PULLREQUEST_PULLREQUESTID: number,
    SYSTEM_ACCESSTOKEN: token,
    BUILD_REPOSITORY_PROVIDER: provider = azureRepos,
  } = env;
  if (!base || !project || !repository || !number || !token || provider !== azureRepos) return null;
  const api: Api = {
    base,
    headers: { authorization: `Bearer ${token}` },
    rights: 'Grant the build service of the project “Contribute to pull requests” on the repository.',
  };
  const path = `/${project}/_apis/git/repositories/${repository}/pullRequests/${number}/threads`;
  const version = '?api-version=7.1';
  return {
    name: `pull request ${number} of Azure DevOps`,
    mostCharacters: 150_000,
    whole: 'the summary of the run',
    comments: async () =>
      shaped(threads, await ask(api, 'GET', `${path}${version}`))
        .value.filter(({ isDeleted }) => isDeleted !== true)
        .flatMap(({ id: thread, comments }) =>
          (comments ?? [])
            .filter(({ isDeleted }) => isDeleted !== true)
            .map(({ id, content }) => ({ id: `${thread}/comments/${id}`, body: content ?? '' })),
        ),
    // A closed thread informs; an open one could keep the pull request from being completed.
    create: async (content) => {
      await ask(api, 'POST', `${path}${version}`, {
        comments: [{ parentCommentId: 0, commentType: 'text', content }],
        status: 'closed',
      });
      return null;
    },
    update: async ({ id }, content) => void (await ask(api, 'PATCH', `${path}/${id}${version}`, { content })),
  };
}
