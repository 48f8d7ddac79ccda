import fs from 'node:fs';
import { InputError, refuse } from '../../inputError';
import { azureDevOpsPullRequest } from '../../pipeline/azureDevOps';
import { keepComment } from '../../pipeline/comment';
import { gitHubPullRequest } from '../../pipeline/gitHub';
import { gitLabMergeRequest } from '../../pipeline/gitLab';
import { HostError, NoRights } from '../../pipeline/host';
import { printable } from '../../report/printable';
import { decoded } from '../../textFile';
import { exitCodes } from '../exit';

export interface CommentOptions {
  readonly key: string;
  readonly author: string;
}

/**
 * Writes the Markdown of a file as a comment on the pull request of this run, in place of the comment before.
 *
 * @returns exit code
 * @throws InputError for a key or a file that cannot be
 */
export async function commentFile(file: string, { key, author }: CommentOptions): Promise<number> {
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
}

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
