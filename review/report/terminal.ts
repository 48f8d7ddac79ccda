import { createColors } from 'picocolors';
import { isUnknown } from '../../architecture/known';
import { grouping } from '../../report/grouping';
import { type Colours, type Layout, textTable, wrapped } from '../../report/layout';
import { allPrintable } from '../../report/printable';
import type { Changes } from '../changes';
import { unpricedUseGroups } from '../cost/wording';
import type { ReviewedVariant, ReviewResult } from '../review';
import { answerColumns, answerOf } from './answer';
import { changesSentence } from './changes';
import { changesLines } from './changesText';
import { affinityKey, comparisonColumns, figuresColumns, figuresKey, providerKey } from './columns';
import { accepted, openDoubts, openFindings, unpricedGroups, verdictLine, verdictOf } from './findings';
import { settingsSentences } from './followedSettings';
import { plannedItems, plannedTitle } from './planned';
import { serviceColumns, serviceRows, servicesTitle } from './services';
import { inVariants, kindWord, sharedEntries } from './state';
import { uptimeColumns, uptimeSentences } from './uptime';

/** The answer first, then how variants are built, where state lives, what uptime and money say, what the rules find, and the verdict. */
export function renderReview(
  result: ReviewResult,
  { colour, width, tableWidth = width }: Layout,
  since: Changes | null = null,
): string {
  const printable = allPrintable(result);
  const { variants } = printable;
  const colours = createColors(colour);
  const page: Page = { width, colours };
  const { bold, dim, green } = colours;
  const answer = answerOf(variants);
  const lines = [
    ...(since ? sinceLines(allPrintable(since), { ...page, tableWidth }) : []),
    ...wrapped(bold(answer.sentence), width),
    '',
    ...textTable(answerColumns(variants), variants, { width: tableWidth, bold }),
    '',
    ...answer.reasons.flatMap((reason) => wrapped(reason, width)),
    ...wrapped(dim(`${answer.key} ${answer.shortWords}`.trim()), width),
    '',
    ...textTable(comparisonColumns, variants, { width: tableWidth, bold }),
    '',
    ...wrapped(dim(affinityKey), width),
    ...(providerKey(variants) === '' ? [] : wrapped(dim(providerKey(variants)), width)),
    '',
    ...serviceLines(variants, { ...page, tableWidth }),
    ...stateLines(variants, page),
    '',
    ...textTable(figuresColumns(variants), variants, { width: tableWidth, bold }),
    '',
    ...wrapped(dim(figuresKey(variants)), width),
    '',
    ...textTable(uptimeColumns(variants), variants, { width: tableWidth, bold }),
    ...uptimeSentences(variants).flatMap((sentence, index) => [
      ...(index === 0 ? [''] : []),
      ...wrapped(sentence, width),
    ]),
    ...plannedLines(variants, page),
    ...unpricedLines(variants, page),
    ...findingLines(variants, page),
    ...acceptedLines(variants, page),
    '',
    ...wrapped(verdictLine(verdictOf(printable), green), width),
    ...settingsSentences(variants).flatMap((sentence) => wrapped(dim(sentence), width)),
  ];
  return `${lines.join('\n')}\n`;
}

function sinceLines(changes: Changes, page: Page & { readonly tableWidth: number }): string[] {
  const lines = changesLines(changes.variants, page);
  return [
    ...wrapped(page.colours.bold(changesSentence(changes)), page.width),
    '',
    ...lines,
    ...(lines.at(-1) === '' ? [] : ['']),
  ];
}

interface Page {
  readonly width: number;
  readonly colours: Colours;
}

function serviceLines(variants: readonly ReviewedVariant[], page: Page & { readonly tableWidth: number }): string[] {
  const rows = serviceRows(variants);
  if (rows.length === 0) return [];
  const { bold } = page.colours;
  return [
    bold(servicesTitle.toLowerCase()),
    ...textTable(serviceColumns(variants), rows, { width: page.tableWidth, bold }),
    '',
  ];
}

function stateLines(variants: readonly ReviewedVariant[], { width, colours: { bold, dim, red } }: Page) {
  const entries = sharedEntries(variants);
  const lines = [bold('where state about a client lives')];
  for (const { entry, variants: names } of entries) {
    if (entry.kind === 'stateless') continue;
    const word = kindWord(entry);
    lines.push(
      ...wrapped(
        `${entry.component === 'the app' && word === 'stateful' ? red(word) : bold(word)}: ${bold(entry.component)}  ${dim(inVariants(names, variants))}`,
        width,
      ),
      ...(isUnknown(entry.kind)
        ? wrapped(entry.kind.unknown, width, '  ')
        : [
            ...wrapped(`keeps ${entry.keeps}, in ${entry.where}`, width, '  '),
            ...wrapped(`lost with ${entry.lostWith}`, width, '  '),
          ]),
    );
  }
  const stateless = grouping(
    entries.filter(({ entry }) => entry.kind === 'stateless'),
    ({ entry }) => entry.component,
  ).map((same) => {
    const names = same.flatMap((one) => one.variants);
    return `${same[0]?.entry.component ?? ''} (${inVariants(names, variants)})`;
  });
  return stateless.length > 0 ? [...lines, ...wrapped(`stateless: ${stateless.join('; ')}`, width)] : lines;
}

function plannedLines(variants: readonly ReviewedVariant[], { width, colours: { bold } }: Page): string[] {
  const items = plannedItems(variants);
  return items.length === 0
    ? []
    : ['', bold(plannedTitle.toLowerCase()), ...items.flatMap((item) => wrapped(item, width))];
}

/** Named one by one where a price is missing; of what is billed by use the kinds will do. */
function unpricedLines(variants: readonly ReviewedVariant[], { width, colours: { bold } }: Page): string[] {
  const all = unpricedGroups(variants);
  if (all.length === 0) return [];
  const missing = all.filter(({ kind }) => kind !== 'by use');
  const used = all.filter(({ kind }) => kind === 'by use');
  return [
    '',
    bold('without a price, and in no sum'),
    ...missing.flatMap(({ part, reason, resources }) =>
      wrapped(`${resources.join(', ')}: ${part === null ? '' : `${part}: `}${reason}`, width),
    ),
    ...(used.length > 0
      ? wrapped(`billed by use: ${used.map((one) => `${one.reason} (${one.resources.length})`).join('; ')}`, width)
      : []),
    ...unpricedUseGroups(variants.map(({ monthlyCost }) => monthlyCost))
      .filter(({ kind }) => kind === 'no price')
      .flatMap(({ what, reason, resources }) => wrapped(`${what} of ${resources.join(', ')}: ${reason}`, width)),
  ];
}

function findingLines(variants: readonly ReviewedVariant[], { width, colours: { bold, dim, red, yellow } }: Page) {
  const lines: string[] = [];
  for (const { rule, title, severity, source, groups } of openFindings(variants)) {
    lines.push(
      '',
      ...wrapped(`${severity === 'error' ? red('error') : yellow('warning')}  ${bold(rule)}: ${title}`, width),
    );
    for (const { message, fix, places } of groups) {
      lines.push(...wrapped(message, width, '  '));
      for (const { variant, resources } of places)
        lines.push(...wrapped(`${dim('at')} ${variant}: ${resources.join(', ')}`, width, '  '));
      lines.push(...wrapped(`${dim('fix')} ${fix}`, width, '  '));
    }
    lines.push(...wrapped(`${dim('see')} ${source}`, width, '  '));
  }
  for (const { variant, rules, reason } of openDoubts(variants))
    lines.push(
      '',
      ...wrapped(`unknown  ${bold(variant)}  ${rules.join(', ')}`, width),
      ...wrapped(reason, width, '  '),
    );
  return lines;
}

function acceptedLines(variants: readonly ReviewedVariant[], { width, colours: { dim } }: Page): string[] {
  const lines = accepted(variants).flatMap(({ variant, rule, resource, reason }) =>
    wrapped(`${dim('suppressed')}  ${rule} at ${variant}: ${resource}: ${reason}`, width),
  );
  return lines.length > 0 ? ['', ...lines] : [];
}
