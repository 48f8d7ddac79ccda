/**
 * A review as SARIF 2.1.0, as GitHub's code scanning reads it.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
 */

import { gzipSync } from 'node:zlib';
import { version } from '../../../package.json';
import type { Printed } from '../../../report/format';
import { allPrintable, printableJson } from '../../../report/printable';
import type { Finding } from '../../findings';
import type { ReviewResult } from '../../review';
import { rules } from '../../rules';
import type { Rule, Severity } from '../../rules/rule';
import { fingerprints } from './fingerprints';
import { openFindings } from './open';
import type { Place, Places } from './places';

/** What code scanning takes of one run, and of one file. */
export const mostResults = 25_000;
export const mostCompressedBytes = 10_000_000;

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

/** @param known rules that were asked */
export function renderSarif(given: ReviewResult, places: Places, known: readonly Rule[] = rules): Printed {
  const result = allPrintable(given);
  const all = openFindings(result);
  // Errors first: what is left out is worth less.
  const shown = [...all].sort((a, b) => weight(a.finding) - weight(b.finding)).slice(0, mostResults);
  const described = descriptorsOf(
    shown.map(({ finding }) => finding),
    allPrintable(known),
  );
  const index = new Map(described.map(({ id }, at) => [id, at]));
  const fingerprint = fingerprints();
  const warnings =
    all.length > mostResults
      ? [
          `${all.length} findings are more than the ${mostResults} that code scanning takes of one file: ${all.length - mostResults} are left out, warnings first. Review fewer deployments at once.`,
        ]
      : [];
  const log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Steadystate', semanticVersion: version, rules: described } },
        automationDetails: { id: 'steadystate-review/' },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [
              ...warnings.map((text) => ({ level: 'warning', message: { text } })),
              ...unknowns(result, index),
            ],
          },
        ],
        results: shown.map(({ deployment, finding }) => {
          const place = places(deployment, finding.resource);
          return {
            ruleId: finding.rule,
            ruleIndex: index.get(finding.rule),
            level: finding.severity,
            message: { text: `${finding.message} ${finding.fix}` },
            locations: [locationOf(place, finding.resource)],
            partialFingerprints: { primaryLocationLineHash: fingerprint(finding, deployment, place) },
          };
        }),
      },
    ],
  };
  const text = printableJson(log);
  // Text compresses to less than its length, so most files need not be compressed to know that they fit.
  const large = text.length > mostCompressedBytes && gzipSync(text).length > mostCompressedBytes;
  return {
    text,
    warnings: large
      ? [
          ...warnings,
          'The file has more than 10 MB when compressed, and code scanning refuses it. Review fewer deployments at once.',
        ]
      : warnings,
  };
}

const weight = ({ severity }: Finding) => (severity === 'error' ? 0 : 1);

/** Every rule of the review, and what findings have beside them, such as a suppression that accepts nothing. */
function descriptorsOf(found: readonly Finding[], rules: readonly Rule[]) {
  const known = new Set(rules.map(({ id }) => id));
  const others = new Map(found.filter(({ rule }) => !known.has(rule)).map((finding) => [finding.rule, finding]));
  return [
    ...rules.map(({ id, title, why, severity, pillar, source }) =>
      descriptor({ rule: id, title, why, severity, pillar, source }),
    ),
    ...[...others.values()].map(descriptor),
  ];
}

const descriptor = ({
  rule,
  title,
  why,
  severity,
  pillar,
  source,
}: Pick<Finding, 'rule' | 'title' | 'why' | 'severity' | 'pillar' | 'source'>) => ({
  id: rule,
  name: rule.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
  shortDescription: { text: plain(title) },
  fullDescription: { text: plain(why) },
  help: {
    text: `${plain(title)}. ${plain(why)} ${source}`,
    markdown: `**${title}**\n\n${why}\n\n[Source](${source})`,
  },
  helpUri: source,
  defaultConfiguration: { level: severity },
  properties: {
    tags: [pillar, 'azure', 'terraform'],
    precision: 'high',
    'problem.severity': severity,
    ...(pillar === 'security' ? { 'security-severity': securitySeverity[severity] } : {}),
  },
});

/**
 * Code scanning shows a rule with the tag `security` as high from 7.0 and as medium from 4.0. These are the lowest scores of
 * their level, because nobody has scored the rules by CVSS.
 */
const securitySeverity: Readonly<Record<Severity, string>> = { error: '7.0', warning: '4.0' };

const plain = (text: string) => text.replaceAll('`', '');

/** What a rule could not judge is not a result: code scanning would show it as an alert. */
const unknowns = ({ variants }: ReviewResult, index: ReadonlyMap<string, number>) =>
  variants.flatMap(({ name, cannotTell }) =>
    cannotTell
      .filter(({ suppressed }) => !suppressed)
      .map(({ rule, resource, reason }) => ({
        level: 'note',
        message: { text: `${name}, ${resource}: unknown: ${reason}` },
        associatedRule: { id: rule, index: index.get(rule) ?? -1 },
      })),
  );

const locationOf = ({ path, line }: Place, resource: string) => ({
  physicalLocation: {
    artifactLocation: { uri: uriOf(path), uriBaseId: '%SRCROOT%' },
    region: { startLine: line },
  },
  logicalLocations: [{ fullyQualifiedName: resource, kind: 'resource' }],
});

/** A relative path as a reference: a first part with a colon would be a scheme. */
function uriOf(path: string): string {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return uri === '' ? '.' : uri;
}
