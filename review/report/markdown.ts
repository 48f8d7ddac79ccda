import { type Column, cellsOf, headsOf } from '../../report/layout';
import { markdownCode as code, markdownTable, markdownText as text } from '../../report/markdown';
import { allPrintable } from '../../report/printable';
import type { Changes } from '../changes';
import { unpricedReason } from '../cost/wording';
import type { ReviewedVariant, ReviewResult } from '../review';
import { answerColumns, answerOf } from './answer';
import { changesSentence } from './changes';
import { changesMarkdown } from './changesMarkdown';
import { affinityKey, comparisonColumns, figuresColumns, figuresKey, providerKey } from './columns';
import { accepted, openDoubts, openFindings, unpricedGroups, verdictLine, verdictOf } from './findings';
import { settingsSentences } from './followedSettings';
import { plannedItems, plannedTitle } from './planned';
import { serviceColumns, serviceRows, servicesTitle } from './services';
import { inVariants, kindWord, sharedEntries } from './state';
import { uptimeColumns, uptimeSentences } from './uptime';

/**
 * For a pull request's comment: the verdict and the tables in sight, the rest folded.
 *
 * @param since what changed since an earlier review, which then comes first; null: there was none
 * @param diagrams of the deployments, as text
 */
export function renderMarkdown(
  result: ReviewResult,
  since: Changes | null = null,
  diagrams: readonly string[] = [],
): string {
  const printable = allPrintable(result);
  const changes = allPrintable(since);
  const { variants } = printable;
  const answer = answerOf(variants);
  return `${[
    ...(changes ? [`### ${text(changesSentence(changes))}`, ...changesMarkdown(changes.variants)] : []),
    `###${changes ? '#' : ''} ${text(answer.sentence)}`,
    [verdictLine(verdictOf(printable)), ...settingsSentences(variants)].map(text).join(' '),
    tableOf(answerColumns(variants), variants),
    ...answer.reasons.map(text),
    small(`${answer.key} ${answer.shortWords}`.trim()),
    tableOf(comparisonColumns, variants),
    small(affinityKey),
    ...(providerKey(variants) === '' ? [] : [small(providerKey(variants))]),
    ...services(variants),
    tableOf(figuresColumns(variants), variants),
    small(figuresKey(variants)),
    tableOf(uptimeColumns(variants), variants),
    ...uptimeSentences(variants).map(text),
    ...findings(variants),
    folded('Where state about a client lives', [
      markdownTable(
        ['component', 'kind', 'keeps', 'where', 'lost with', 'in'],
        sharedEntries(variants).map(({ entry, variants: names }) => [
          entry.component,
          kindWord(entry),
          entry.keeps,
          entry.where,
          entry.lostWith,
          inVariants(names, variants),
        ]),
      ),
    ]),
    ...foldedList(
      plannedTitle,
      plannedItems(variants).map((item) => `- ${text(item)}`),
    ),
    ...foldedList('Without a price, and in no sum', unpricedItems(variants)),
    ...foldedList((count) => `${count} suppressed`, acceptedItems(variants)),
    ...foldedList(diagrams.length === 1 ? 'Diagram' : 'Diagrams', diagrams.map(drawn)),
  ].join('\n\n')}\n`;
}

function services(variants: readonly ReviewedVariant[]): string[] {
  const rows = serviceRows(variants);
  return rows.length === 0 ? [] : [`#### ${servicesTitle}`, tableOf(serviceColumns(variants), rows)];
}

const tableOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]) =>
  markdownTable(
    headsOf(columns),
    rows.map((row) => cellsOf(columns, row)),
  );

function findings(variants: readonly ReviewedVariant[]): string[] {
  const blocks = openFindings(variants).map(({ rule, title, severity, source, groups }) => {
    const items = groups.map(({ message, fix, places }) =>
      [
        `- ${text(message)}`,
        `  ${places.map(({ variant, resources }) => `**${text(variant)}** ${resources.map(code).join(', ')}`).join('; ')}`,
        `  *Fix:* ${text(fix)}`,
      ].join('\n'),
    );
    const sign = severity === 'error' ? '❌' : '⚠️';
    return `#### ${sign} ${code(rule)} ${text(title)}\n\n${items.join('\n')}\n\n[source](${source})`;
  });
  const doubts = openDoubts(variants).flatMap(({ variant, rules, reason }) =>
    rules.map((rule) => `- **${text(variant)}** ${code(rule)}: ${text(reason)}`),
  );
  return [...blocks, ...foldedList((count) => `${count} unknown`, doubts)];
}

const unpricedItems = (variants: readonly ReviewedVariant[]) =>
  unpricedGroups(variants).map((one) => `- ${text(unpricedReason(one))}: ${one.resources.map(code).join(', ')}`);

const acceptedItems = (variants: readonly ReviewedVariant[]) =>
  accepted(variants).map(
    ({ variant, rule, resource, reason }) => `- **${text(variant)}** ${code(rule)} ${code(resource)}: ${text(reason)}`,
  );

/** As it stands, in a fence that nothing in it can close. */
const drawn = (diagram: string) => {
  const longest = Math.max(2, ...[...diagram.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${diagram.trimEnd()}\n${fence}\n`;
};

export const small = (words: string) => `<sub>${text(words)}</sub>`;

/** Nothing where there is nothing to fold. */
export function foldedList(title: string | ((count: number) => string), items: readonly string[]): string[] {
  if (items.length === 0) return [];
  return [folded(typeof title === 'string' ? title : title(items.length), [items.join('\n')])];
}

/** A blank line after the summary, or GitHub shows the Markdown inside as it stands. */
const folded = (title: string, blocks: readonly string[]) =>
  `<details><summary>${title}</summary>\n\n${blocks.join('\n\n')}\n\n</details>`;
