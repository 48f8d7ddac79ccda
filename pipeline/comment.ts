import { fitted } from './fit';
import type { PullRequest } from './host';

/** What a reader does not see, and by which the comment is found again. */
export const markerOf = (key: string): string => `<!-- steadystate: ${key} -->`;

/**
 * Keeps one comment on a pull request current: the one with the marker, if it is there.
 *
 * @param key of the comment; a pipeline with several of them gives each its own
 * @returns what was done, in one or two sentences
 * @throws NoRights, HostError
 */
export async function keepComment(pullRequest: PullRequest, text: string, key: string): Promise<string> {
  const marker = markerOf(key);
  const body = `${marker}\n${fitted(text, pullRequest.mostCharacters - marker.length - 1, pullRequest.whole)}`;
  const found = (await pullRequest.comments()).find((comment) => comment.body.startsWith(marker));
  if (found?.body.trimEnd() === body.trimEnd()) return `The comment on ${pullRequest.name} is current.`;
  if (found) {
    await pullRequest.update(found, body);
    return `Updated the comment on ${pullRequest.name}.`;
  }
  const note = await pullRequest.create(body);
  return `Wrote a comment on ${pullRequest.name}.${note === null ? '' : ` ${note}`}`;
}
