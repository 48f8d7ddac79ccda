/**
 * Findings as a Code Quality report of GitLab, which a merge request shows at its lines.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */

import { allPrintable, printableJson } from '../../../report/printable';
import type { ReviewResult } from '../../review';
import type { Severity } from '../../rules/rule';
import { fingerprints } from './fingerprints';
import { openFindings } from './open';
import type { Places } from './places';

/** GitLab has info, minor, major, critical and blocker. */
const severities: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor' };

export function renderCodeQuality(given: ReviewResult, places: Places): string {
  const fingerprint = fingerprints();
  return printableJson(
    openFindings(allPrintable(given)).map(({ deployment, finding }) => {
      const place = places(deployment, finding.resource);
      return {
        description: `${finding.resource}: ${finding.message} ${finding.fix}`,
        check_name: finding.rule,
        // GitLab shows only the first of two that are the same.
        fingerprint: fingerprint(finding, deployment, place),
        severity: severities[finding.severity],
        location: { path: place.path, lines: { begin: place.line } },
      };
    }),
  );
}
