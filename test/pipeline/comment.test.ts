import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { azureDevOpsPullRequest } from '../../pipeline/azureDevOps';
import { keepComment, markerOf } from '../../pipeline/comment';
import { gitHubPullRequest } from '../../pipeline/gitHub';
import { gitLabMergeRequest } from '../../pipeline/gitLab';
import { HostError, NoRights, type PullRequest } from '../../pipeline/host';
import { type FakeHost, fakeHost } from '../support/pipeline/host';

const bot = 'github-actions[bot]';
const marker = markerOf('review');
let host: FakeHost;
let answer: Parameters<typeof fakeHost>[0];
beforeAll(async () => {
  host = await fakeHost((request) => answer(request));
});
beforeEach(() => void host.received.splice(0));
afterAll(() => host.close());

const gitHub = () =>
  gitHubPullRequest(
    {
      ...{ GITHUB_REPOSITORY: 'acme/shop', GITHUB_API_URL: host.url },
      ...{ GITHUB_TOKEN: 'secret-token', GITHUB_REF: 'refs/pull/7/merge' },
    },
    bot,
  ) as PullRequest;
const sent = () => host.received.filter(({ method }) => method !== 'GET');

describe('on GitHub', () => {
  const listed = (...comments: unknown[]) => {
    answer = ({ method }) => (method === 'GET' ? [200, comments] : [201, {}]);
  };

  test('the first time a comment is written, with its marker', async () => {
    listed();
    expect(await keepComment(gitHub(), 'Hello', 'review')).toBe('Wrote a comment on pull request 7 of acme/shop.');
    expect(sent()).toMatchObject([
      { method: 'POST', path: '/repos/acme/shop/issues/7/comments', body: { body: `${marker}\nHello` } },
    ]);
    expect(sent()[0]?.headers.authorization).toBe('Bearer secret-token');
  });

  test('later the same comment is updated, and an equal one is left as it is', async () => {
    listed(
      { id: 1, body: `${markerOf('drill')}\nOther`, user: { login: bot } },
      { id: 2, body: `${marker}\nOld`, user: { login: bot } },
    );
    expect(await keepComment(gitHub(), 'New', 'review')).toMatch(/^Updated /);
    expect(sent()).toMatchObject([
      { method: 'PATCH', path: '/repos/acme/shop/issues/comments/2', body: { body: `${marker}\nNew` } },
    ]);
    expect(await keepComment(gitHub(), 'Old', 'review')).toMatch(/is current\.$/);
    expect(sent()).toHaveLength(1);
  });

  test('somebody else who writes the marker does not get the comment', async () => {
    listed({ id: 3, body: `${marker}\nMine now`, user: { login: 'mallory' } }, { id: 4, body: null, user: null });
    expect(await keepComment(gitHub(), 'New', 'review')).toMatch(/^Wrote /);
  });

  test('it is found behind a hundred others', async () => {
    const others = Array.from({ length: 100 }, (_, id) => ({ id, body: 'x', user: { login: bot } }));
    answer = ({ method, path: asked }) => {
      if (method !== 'GET') return [200, {}];
      return [200, /page=1$/.test(asked) ? others : [{ id: 900, body: `${marker}\nOld`, user: { login: bot } }]];
    };
    expect(await keepComment(gitHub(), 'New', 'review')).toMatch(/^Updated /);
    expect(sent()[0]?.path).toBe('/repos/acme/shop/issues/comments/900');
  });

  test('a fork has no rights, and the message says what would give them', async () => {
    answer = ({ method }) =>
      method === 'GET' ? [200, []] : [403, { message: 'Resource not accessible by integration' }];
    const refusal = keepComment(gitHub(), 'New', 'review');
    await expect(refusal).rejects.toThrow(NoRights);
    await expect(refusal).rejects.toThrow(/answers 403 to POST\. .*from a fork.*pull-requests: write/);
    await expect(refusal).rejects.toThrow(/The host says: Resource not accessible by integration$/);
  });

  test.each([
    [
      '403 with no requests left',
      403,
      { 'x-ratelimit-remaining': '0' },
      /answers 403 to GET: it takes no more requests for now\. Slow/,
    ],
    ['403 with a time to wait', 403, { 'retry-after': '60' }, /for now, try again after 60 s\. Slow down$/],
    ['429', 429, {}, /answers 429 to GET: it takes no more requests/],
  ] as const)('%s asks to wait, and is not about rights', async (_, status, headers, message) => {
    answer = () => [status, { message: 'Slow down' }, headers];
    const failure = await keepComment(gitHub(), 'New', 'review').catch((error: Error) => error);
    expect(failure).toBeInstanceOf(HostError);
    expect(String(failure)).toMatch(message);
  });

  test('a comment by another author than the next run looks for is named', async () => {
    answer = ({ method }) => (method === 'GET' ? [200, []] : [201, { id: 1, user: { login: 'acme-bot[bot]' } }]);
    expect(await keepComment(gitHub(), 'New', 'review')).toMatch(
      /^Wrote a comment .*\. acme-bot\[bot\] wrote it, .* of github-actions\[bot\]: give --author 'acme-bot\[bot\]'/,
    );
    answer = ({ method }) => (method === 'GET' ? [200, []] : [201, { id: 1, user: { login: bot } }]);
    expect(await keepComment(gitHub(), 'New', 'review')).toBe('Wrote a comment on pull request 7 of acme/shop.');
  });

  test.each([
    ['an error', [502, 'bad gateway'], /answers 502 to GET: bad gateway/],
    ['a refused body', [422, { message: 'Validation Failed', errors: [] }], /answers 422 to GET: Validation Failed$/],
    ['no JSON', [200, '<html>'], /something that is not JSON/],
    ['no list', [200, { message: 'x' }], /not a list of comments/],
    ['another list', [200, [{ text: 'x' }]], /something unexpected: 0\.id/],
    ['a redirect', [302, ''], /answers 302/],
  ] as const)('%s is an error of the host, without the token in it', async (_, given, message) => {
    answer = () => given;
    const failure = await keepComment(gitHub(), 'New', 'review').catch((error: Error) => error);
    expect(failure).toBeInstanceOf(HostError);
    expect(String(failure)).toMatch(message);
    expect(String(failure)).not.toContain('secret-token');
  });

  test('a host that is away is one, too', async () => {
    const gone = await fakeHost(() => [200, []]);
    await gone.close();
    const away = gitHubPullRequest(
      { GITHUB_REPOSITORY: 'a/b', GITHUB_API_URL: gone.url, GITHUB_TOKEN: 't', GITHUB_REF: 'refs/pull/7/merge' },
      bot,
    ) as PullRequest;
    await expect(keepComment(away, 'x', 'review')).rejects.toThrow(/127\.0\.0\.1:\d+ does not answer: .*ECONNREFUSED/);
  });

  test('the number of the pull request is in the reference, or in the event', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-event-'));
    const event = path.join(folder, 'event.json');
    const named = (text: string) => {
      fs.writeFileSync(event, text);
      return gitHubPullRequest({ GITHUB_REPOSITORY: 'a/b', GITHUB_TOKEN: 't', GITHUB_EVENT_PATH: event }, bot)?.name;
    };
    expect(named('{"pull_request": {"number": 12}}')).toBe('pull request 12 of a/b');
    expect(named('{"ref": "refs/heads/main"}')).toBeUndefined();
    expect(named('{')).toBeUndefined();
    fs.rmSync(folder, { recursive: true });
  });
});

test('on GitLab: notes of the merge request, by the owner of the token', async () => {
  const gitLab = gitLabMergeRequest({
    ...{ CI_API_V4_URL: `${host.url}/api/v4`, CI_PROJECT_ID: '5', CI_MERGE_REQUEST_IID: '9', GITLAB_TOKEN: 'glpat' },
  }) as PullRequest;
  const note = { id: 2, body: `${marker}\nOld`, author: { id: 41 } };
  answer = ({ method, path: asked }) =>
    method !== 'GET'
      ? [200, {}]
      : asked.endsWith('/user')
        ? [200, { id: 42 }]
        : [200, [note, { ...note, id: 3, author: { id: 42 } }]];
  expect(await keepComment(gitLab, 'New', 'review')).toBe('Updated the comment on merge request 9 of project 5.');
  expect(sent()).toMatchObject([{ method: 'PUT', path: '/api/v4/projects/5/merge_requests/9/notes/3' }]);
  expect(sent()[0]?.headers['private-token']).toBe('glpat');
  note.author.id = 40;
  answer = ({ method, path: asked }) =>
    method === 'POST' ? [201, {}] : [200, asked.endsWith('/user') ? { id: 42 } : [note]];
  expect(await keepComment(gitLab, 'New', 'review')).toMatch(/^Wrote /);
});

test('on GitLab: a pipeline of a fork writes on the project that its merge request belongs to', () => {
  const forked = { CI_API_V4_URL: host.url, CI_PROJECT_ID: '6', CI_MERGE_REQUEST_IID: '9', GITLAB_TOKEN: 't' };
  expect(gitLabMergeRequest({ ...forked, CI_MERGE_REQUEST_PROJECT_ID: '5' })?.name).toBe(
    'merge request 9 of project 5',
  );
});

test('in Azure DevOps: a closed thread, so that it does not block the pull request', async () => {
  const azure = azureDevOpsPullRequest({
    ...{ SYSTEM_COLLECTIONURI: `${host.url}/acme/`, SYSTEM_TEAMPROJECTID: 'p', BUILD_REPOSITORY_ID: 'r' },
    ...{ SYSTEM_PULLREQUEST_PULLREQUESTID: '3', SYSTEM_ACCESSTOKEN: 't' },
  }) as PullRequest;
  const threads = '/acme/p/_apis/git/repositories/r/pullRequests/3/threads';
  answer = () => [200, { value: [] }];
  await keepComment(azure, 'New', 'review');
  expect(sent()).toMatchObject([
    {
      method: 'POST',
      path: `${threads}?api-version=7.1`,
      body: { status: 'closed', comments: [{ content: `${marker}\nNew` }] },
    },
  ]);
  answer = () => [
    200,
    {
      value: [
        { id: 4, isDeleted: true, comments: [{ id: 1, content: `${marker}\nGone` }] },
        { id: 5, comments: [{ id: 1, content: `${marker}\nOld` }, { id: 2 }] },
      ],
    },
  ];
  await keepComment(azure, 'Newer', 'review');
  expect(sent().at(-1)).toMatchObject({ method: 'PATCH', path: `${threads}/5/comments/1?api-version=7.1` });
});

test('in Azure DevOps: a pull request of another host is none of its own', () => {
  const env = {
    ...{ SYSTEM_COLLECTIONURI: host.url, SYSTEM_TEAMPROJECTID: 'p', BUILD_REPOSITORY_ID: 'acme/shop' },
    ...{ SYSTEM_PULLREQUEST_PULLREQUESTID: '3', SYSTEM_ACCESSTOKEN: 't' },
  };
  expect(azureDevOpsPullRequest({ ...env, BUILD_REPOSITORY_PROVIDER: 'TfsGit' })).not.toBeNull();
  expect(azureDevOpsPullRequest({ ...env, BUILD_REPOSITORY_PROVIDER: 'GitHub' })).toBeNull();
});

test.each([[gitHubPullRequest], [gitLabMergeRequest], [azureDevOpsPullRequest]])(
  'without the variables of its pipeline there is no pull request',
  (find) => expect(find({}, bot)).toBeNull(),
);
