import fs from 'node:fs';
import { InputError, refuse } from '../inputError';
import { azureDevOpsPullRequest } from '../pipeline/azureDevOps';
import { keepComment } from '../pipeline/comment';
import { gitHubPullRequest } from '../pipeline/gitHub';
import { gitLabMergeRequest } from '../pipeline/gitLab';
import { HostError, NoRights } from '../pipeline/host';
import { printable } from '../report/printable';
import { decoded } from '../textFile';
import { exitCodes, exitWith } from './exit';
import { frame, helpText, start } from './program';

interface Options {
  readonly key: string;
  readonly author: string;
}

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
  .action((file: string, { key, author }: Options) =>
    exitWith(async () => {
      if (!/^[\w.-]{1,60}$/.test(key))
        throw refuse('--key', 'up to 60 letters, digits, dots, hyphens and underscores', key, 'Try --key review.');
      const text = textOf(file);
      const { env } = process;
      const pullRequest = gitHubPullRequest(env, author) ?? gitLabMergeRequest(env) ?? azureDevOpsPullRequest(env);
      if (!pullRequest) {
        warn('This is not a run for a pull request, or it has no token to write with: no comment was written.');
        return exitCodes.done;
      }
      try {
        process.stdout.write(`${printable(await keepComment(pullRequest, text, key))}\n`);
        return exitCodes.done;
      } catch (error) {
        if (error instanceof NoRights) {
          warn(`No comment was written on ${pullRequest.name}. ${error.message}`);
          return exitCodes.done;
        }
        if (!(error instanceof HostError)) throw error;
        process.stderr.write(
          `error: no comment was written on ${printable(pullRequest.name)}: ${printable(error.message)}\n`,
        );
        return exitCodes.couldNotAssess;
      }
    }),
  );
export const run = () => start(command);

/** GitHub shows it beside the run and not only in the log. */
function warn(message: string): void {
  const text = printable(message);
  process.stderr.write(`warning: ${text}\n`);
  if (process.env.GITHUB_ACTIONS === 'true')
    process.stdout.write(`::warning title=Steadystate::${text.replaceAll('%', '%25')}\n`);
}

function textOf(file: string): string {
  let text: string;
  try {
    text = decoded(fs.readFileSync(file));
  } catch (error) {
    throw new InputError(
      `${file} cannot be read: ${(error as NodeJS.ErrnoException).code}. Write it with npm run review -- --markdown --output ${file}.`,
    );
  }
  if (text.trim() === '') throw new InputError(`${file} is empty. There is nothing to comment.`);
  return text;
}

if (require.main === module) void run();
