/**
 * Findings as commands that GitHub's runner shows at the lines of a pull request.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */

import { allPrintable } from '../../../report/printable';
import type { ReviewResult } from '../../review';
import { openFindings } from './open';
import type { Places } from './places';

export function renderAnnotations(given: ReviewResult, places: Places): string {
  const result = allPrintable(given);
  const all = openFindings(result);
  const ordered = [...all.filter(isError), ...all.filter((one) => !isError(one))];
  return ordered
    .map(({ deployment, finding: { severity, rule, resource, message, fix } }) => {
      const { path, line } = places(deployment, resource);
      return `::${severity} file=${property(path)},line=${line},title=${property(rule)}::${data(`${resource}: ${message} ${fix}`)}\n`;
    })
    .join('');
}

const isError = ({ finding }: { readonly finding: { readonly severity: string } }) => finding.severity === 'error';

const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
