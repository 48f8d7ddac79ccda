/**
 * A review as JUnit's XML: a suite for each deployment, a case for each rule at each resource. Only errors fail, as at the
 * gate; a warning, an unknown and what is accepted are skipped, with their reason.
 *
 * @see https://github.com/testmoapp/junitxml
 */

import { escaped } from '../../../report/html';
import { allPrintable } from '../../../report/printable';
import type { ReviewedVariant, ReviewResult } from '../../review';
import type { Places } from './places';

interface Case {
  readonly rule: string;
  readonly resource: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Empty where it passed. */
  readonly message: string;
  /** Empty where the message is all there is to say. */
  readonly more: string;
}

export function renderJunit(given: ReviewResult, places: Places): string {
  const suites = allPrintable(given).variants.map((variant) => ({ name: variant.name, cases: casesOf(variant) }));
  const all = suites.flatMap(({ cases }) => cases);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="steadystate review" ${counts(all)}>
${suites.map(({ name, cases }) => `  <testsuite name="${escaped(name)}" ${counts(cases)}>\n${cases.map((one) => caseOf(one, name, places)).join('')}  </testsuite>\n`).join('')}</testsuites>
`;
}

const counts = (cases: readonly Case[]) =>
  `tests="${cases.length}" failures="${cases.filter(({ outcome }) => outcome === 'failed').length}" errors="0" skipped="${cases.filter(({ outcome }) => outcome === 'skipped').length}" time="0"`;

const casesOf = ({ findings, cannotTell, compliant }: ReviewedVariant): Case[] => [
  ...findings.map(({ rule, resource, severity, message, fix, source, suppressed, reason }): Case => {
    const fails = severity === 'error' && !suppressed;
    const prefix = suppressed ? `accepted, because ${reason}: ` : fails ? '' : 'warning: ';
    return {
      ...{ rule, resource, outcome: fails ? 'failed' : 'skipped' },
      ...{ message: `${prefix}${message}`, more: fails ? `${message}\nFix: ${fix}\nSource: ${source}` : '' },
    };
  }),
  ...cannotTell.map(
    ({ rule, resource, reason, suppressed, accepted }): Case => ({
      ...{ rule, resource, outcome: 'skipped', more: '' },
      message: `${suppressed ? `accepted, because ${accepted}: ` : ''}unknown: ${reason}`,
    }),
  ),
  ...compliant.map(({ rule, resource }): Case => ({ rule, resource, outcome: 'passed', message: '', more: '' })),
];

function caseOf({ rule, resource, outcome, message, more }: Case, deployment: string, places: Places): string {
  const { path } = places(deployment, resource);
  const start = `    <testcase classname="${escaped(rule)}" name="${escaped(`${rule} at ${resource}`)}" file="${escaped(path)}" time="0"`;
  if (outcome === 'passed') return `${start}/>\n`;
  const inside =
    outcome === 'failed'
      ? `<failure type="error" message="${escaped(message)}">${escaped(more)}</failure>`
      : `<skipped message="${escaped(message)}"/>`;
  return `${start}>${inside}</testcase>\n`;
}
