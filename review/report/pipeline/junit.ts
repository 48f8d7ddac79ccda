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
<testsuites name="steadystate review" ${counts(all)} time="0">
${suites.map(({ name, cases }) => suiteOf(name, cases, places)).join('')}</testsuites>
`;
}

function suiteOf(name: string, cases: readonly Case[], places: Places): string {
  const numbered = numbers();
  return `  <testsuite name="${escaped(name)}" ${counts(cases)} skipped="${countOf(cases, 'skipped')}" time="0">
${cases.map((one) => caseOf(one, name, places, numbered)).join('')}  </testsuite>
`;
}

/** What both elements take: Jenkins refuses `skipped` of all suites together. */
const counts = (cases: readonly Case[]) => `tests="${cases.length}" failures="${countOf(cases, 'failed')}" errors="0"`;

const countOf = (cases: readonly Case[], wanted: Case['outcome']) =>
  cases.filter(({ outcome }) => outcome === wanted).length;

/** A name as it stands, and the second of its kind with a number: of two cases of one class and name GitLab reads the first. */
function numbers(): (name: string) => string {
  const seen = new Map<string, number>();
  return (name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  };
}

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

function caseOf(
  { rule, resource, outcome, message, more }: Case,
  deployment: string,
  places: Places,
  numbered: (name: string) => string,
): string {
  const { path, line } = places(deployment, resource);
  // The class is the deployment, because GitLab does not read the names of suites.
  const start = `    <testcase classname="${escaped(deployment)}" name="${escaped(numbered(`${rule} at ${resource}`))}" file="${escaped(path)}" time="0"`;
  if (outcome === 'passed') return `${start}/>\n`;
  const inside =
    outcome === 'failed'
      ? `<failure type="error" message="${escaped(message)}">${escaped(`${more}\nDeclared at: ${path}:${line}`)}</failure>`
      : `<skipped message="${escaped(message)}"/>`;
  return `${start}>${inside}</testcase>\n`;
}
