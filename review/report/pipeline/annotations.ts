/**
 * Findings as commands that GitHub's runner shows at the lines of a pull request.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */

import { allPrintable } from '../../../report/printable';
import type { Changes } from '../../changes';
import type { ReviewResult } from '../../review';
import type { Severity } from '../../rules/rule';
import { type OpenFinding, openFindings } from './open';
import type { Places } from './places';

/**
 * Errors, warnings and notices that GitHub shows of one step, of each.
 *
 * @see https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
 */
const mostOfStep = 10;

/** @param since what changed since an earlier review: new findings then come before old ones of the same severity */
export function renderAnnotations(given: ReviewResult, places: Places, since: Changes | null = null): string {
  const fresh = new Set(
    allPrintable(since)?.variants.flatMap(({ variant, found }) => found.map((one) => keyOf(variant, one))) ?? [],
  );
  const isOld = ({ deployment, finding }: OpenFinding) => (fresh.has(keyOf(deployment, finding)) ? 0 : 1);
  const all = openFindings(allPrintable(given));
  const of = (severity: Severity) =>
    all.filter(({ finding }) => finding.severity === severity).sort((one, other) => isOld(one) - isOld(other));
  const ordered = [of('error'), of('warning')];
  const lines = ordered.flat().map(({ deployment, finding: { severity, rule, resource, message, fix } }) => {
    const { path, line } = places(deployment, resource);
    return `::${severity} file=${property(path)},line=${line},title=${property(rule)}::${data(`${resource}: ${message} ${fix}`)}\n`;
  });
  return lines.join('') + ordered.map(({ length }, at) => unseen(length, at === 0 ? 'errors' : 'warnings')).join('');
}

/** GitHub leaves the others out without a word. */
const unseen = (count: number, what: string): string =>
  count <= mostOfStep
    ? ''
    : `::notice title=Steadystate::GitHub shows ${mostOfStep} ${what} of a step as annotations, and there are ${count}. The log has them all.\n`;

const keyOf = (variant: string, { rule, resource }: { readonly rule: string; readonly resource: string }) =>
  [variant, rule, resource].join('\n');

const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
