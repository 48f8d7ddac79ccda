import { exitWith } from './exit';
import { frame, helpText, start } from './program';
import type { CommentOptions } from './work/comment';

export const command = frame(
  'comment',
  'Keep one comment on a pull request current: with what review or compare wrote as Markdown.',
)
  .argument('<file>', 'the Markdown')
  .option('--key <name>', 'which comment, where a pipeline writes several', 'review')
  .option('--author <login>', 'on GitHub, who wrote the comment earlier', 'github-actions[bot]')
  .addHelpText('after', () =>
    helpText([
      '',
      'Which pull request, the variables of the pipeline say, and a token lets it write:',
      '  GitHub              GITHUB_REPOSITORY, GITHUB_EVENT_PATH or GITHUB_REF; GITHUB_TOKEN',
      '  GitLab              CI_PROJECT_ID, CI_MERGE_REQUEST_IID; GITLAB_TOKEN, with the scope api',
      '  Azure DevOps        SYSTEM_PULLREQUEST_PULLREQUESTID; SYSTEM_ACCESSTOKEN (Azure Repos only)',
      '',
      'Without rights to write, as for a pull request from a fork, it says so and exits 0.',
      'Exit codes: 0 done, 1 the gate failed, 2 bad input, 3 could not assess.',
    ]),
  )
  .action((file: string, options: CommentOptions) =>
    exitWith(async () => (await import('./work/comment')).commentFile(file, options)),
  );
export const run = () => start(command);

if (require.main === module) void run();
