import { createColors } from 'picocolors';
import { isUnknown } from '../../architecture/known';
import type { ReviewedVariant, ReviewResult } from '../review';
import { rules } from '../rules';
import { inVariants, kindWord, sharedEntries } from './state';
import { table } from './table';
import {
  affinityKey,
  byRule,
  comparisonHead,
  comparisonRow,
  currencyKey,
  figuresHead,
  figuresRow,
  grouping,
  unpricedByReason,
  verdict,
} from './words';

/** The comparison first, then where state lives, what uptime and money say, what the rules find, and the verdict. */
export function renderReview({ variants }: ReviewResult, { colour }: { colour: boolean }): string {
  const colours = createColors(colour);
  const { bold, dim, green } = colours;
  const heading = ([head, ...rows]: readonly string[]) => [bold(head ?? ''), ...rows];
  const lines = [
    ...heading(table(comparisonHead, variants.map(comparisonRow), ['resources', 'findings'])),
    '',
    dim(affinityKey),
    '',
    ...stateLines(variants, colours),
    '',
    ...heading(table(figuresHead, variants.map(figuresRow), figuresHead.slice(2))),
    '',
    dim(currencyKey(variants)),
    ...unpricedLines(variants, colours),
    ...findingLines(variants, colours),
    ...suppressedLines(variants, colours),
  ];
  const told = verdict(variants, rules.length);
  return `${[...lines, '', told.includes('nothing found') ? told.replace('nothing found', green('nothing found')) : told].join('\n')}\n`;
}

type Colours = ReturnType<typeof createColors>;

function stateLines(variants: readonly ReviewedVariant[], { bold, dim, red, yellow }: Colours): string[] {
  const entries = sharedEntries(variants);
  const lines = [bold('where state about a client lives')];
  for (const { entry, variants: names } of entries) {
    if (entry.kind === 'stateless') continue;
    const word = kindWord(entry);
    lines.push(
      `${word === 'stateful' ? red(word) : yellow(word)}: ${bold(entry.component)}  ${dim(inVariants(names, variants))}`,
      isUnknown(entry.kind) ? `  ${entry.kind.unknown}` : `  keeps ${entry.keeps}, in ${entry.where}`,
      ...(isUnknown(entry.kind) ? [] : [`  lost with ${entry.lostWith}`]),
    );
  }
  const stateless = grouping(
    entries.filter(({ entry }) => entry.kind === 'stateless'),
    ({ entry }) => entry.component,
  ).map((same) => {
    const [first] = same;
    return `${first?.entry.component ?? ''} (${inVariants(
      same.flatMap(({ variants: names }) => names),
      variants,
    )})`;
  });
  return stateless.length > 0 ? [...lines, `stateless: ${stateless.join('; ')}`] : lines;
}

/** Named one by one where a price is missing; of what is billed by use the kinds will do. */
function unpricedLines(variants: readonly ReviewedVariant[], { bold }: Colours): string[] {
  const all = unpricedByReason(variants);
  if (all.length === 0) return [];
  const used = all.filter(({ reason }) => reason.startsWith('billed by use'));
  const missing = all.filter((one) => !used.includes(one));
  const kinds = used.map(({ reason, resources }) => `${/\((.*)\)/.exec(reason)?.[1] ?? reason} (${resources.length})`);
  return [
    '',
    bold('without a price, and in no sum'),
    ...missing.map(({ reason, resources }) => `${resources.join(', ')}: ${reason}`),
    ...(kinds.length > 0 ? [`billed by use: ${kinds.join('; ')}`] : []),
  ];
}

function findingLines(variants: readonly ReviewedVariant[], { bold, dim, red, yellow }: Colours): string[] {
  const lines: string[] = [];
  for (const { rule, severity, source, groups } of byRule(variants, false)) {
    const title = rules.find(({ id }) => id === rule)?.title ?? 'Keep suppressions true';
    lines.push('', `${severity === 'error' ? red('error') : yellow('warning')}  ${bold(rule)}: ${title}`);
    for (const { message, fix, places } of groups) {
      lines.push(`  ${message}`);
      for (const here of grouping(places, ({ variant }) => variant))
        lines.push(`  ${dim('at')} ${here[0]?.variant}: ${here.map(({ resource }) => resource).join(', ')}`);
      lines.push(`  ${dim('fix')} ${fix}`);
    }
    lines.push(`  ${dim('see')} ${source}`);
  }
  for (const { name, cannotTell } of variants)
    for (const same of grouping(cannotTell, ({ reason }) => reason))
      lines.push(
        '',
        `cannot tell  ${bold(name)}  ${same.map(({ rule }) => rule).join(', ')}`,
        `  ${same[0]?.reason ?? ''}`,
      );
  return lines;
}

function suppressedLines(variants: readonly ReviewedVariant[], { dim }: Colours): string[] {
  const accepted = variants.flatMap(({ name, findings }) =>
    findings
      .filter(({ suppressed }) => suppressed)
      .map(({ rule, resource, reason }) => `${dim('suppressed')}  ${rule} at ${name}: ${resource}: ${reason ?? ''}`),
  );
  return accepted.length > 0 ? ['', ...accepted] : [];
}
