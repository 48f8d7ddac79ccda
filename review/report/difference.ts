import { createColors } from 'picocolors';
import { grouping } from '../../report/grouping';
import { definition, type Layout, wrapped } from '../../report/layout';
import { allPrintable } from '../../report/printable';
import type { VariantChange } from '../changes';
import type { Difference } from '../diff';
import type { ResourceChange } from '../resourceChange';
import { findingChanges } from './changesText';

/**
 * The difference in words first, by concern, then by resource.
 *
 * @param change what the rules say of it; null: they were not asked
 * @param namesOf the environment whose names both have here; null: each has its own
 */
export function renderDifference(
  difference: Difference,
  { colour, width, tableWidth = width }: Layout,
  change: VariantChange | null = null,
  namesOf: string | null = null,
): string {
  const { from, to, facts, added, removed, moved, changed, sessionsLost } = allPrintable(difference);
  const colours = createColors(colour);
  const { bold, dim, red, yellow, green } = colours;
  const lines = wrapped(bold(`From ${from} to ${to}`), width);
  if (namesOf !== null) lines.push('', ...wrapped(betweenEnvironments(namesOf), width));
  if (facts.length > 0) lines.push('');
  const longest = Math.max(0, ...facts.map(({ fact }) => fact.length));
  for (const same of grouping(facts, ({ concern }) => concern)) {
    lines.push(bold(same[0]?.concern ?? ''));
    for (const { fact, before, after } of same)
      lines.push(...definition(fact.padEnd(longest), `${before} ${dim('→')} ${after}`, width));
  }
  for (const reason of sessionsLost) lines.push('', ...wrapped(`${red('Every session is lost')}: ${reason}.`, width));
  const findings = change ? findingChanges([allPrintable(change)], { width, tableWidth, colours }) : [];
  if (findings.length > 0) lines.push('', ...findings);
  const total = added.length + removed.length + moved.length + changed.length;
  if (total > 0) lines.push('', ...wrapped(dim(signKey), width));
  lines.push(
    ...added.map((address) => `${green('+')} ${address}`),
    ...removed.map((address) => `${red('-')} ${address}`),
    ...moved.map((one) => `${dim('→')} ${one.to}, moved from ${one.from}`),
  );
  for (const { address, attributes, replacement } of changed) {
    const sign = signs[replacement.verdict];
    lines.push(`${sign === '±' ? red(sign) : yellow(sign)} ${address}`);
    if (replacement.verdict === 'replaced')
      lines.push(...wrapped(`${red('replaced')}: ${replacement.because}`, width, '    '));
    for (const { attribute, before, after } of attributes)
      lines.push(...wrapped(`${attribute}: ${before ?? 'not set'} ${dim('→')} ${after ?? 'not set'}`, width, '    '));
  }
  lines.push('', total === 0 ? 'The same Terraform.' : countLine(difference));
  return `${lines.join('\n')}\n`;
}

/** What a comparison of two environments is. */
export const betweenEnvironments = (namesOf: string): string =>
  `Two environments: each has resources and a state of its own. This is what the settings of the second would change in the first. Names, and tags that hold an environment's name, are those of ${namesOf} on both sides.`;

const signKey = '+ added   - removed   ~ changed in place   ± replaced   ? changed, cannot tell whether in place';

export const countLine = ({ added, removed, moved, changed }: Difference): string =>
  `${added.length} added, ${removed.length} removed, ${moved.length > 0 ? `${moved.length} moved, ` : ''}${changed.length} changed.`;

export const signs: Record<ResourceChange['replacement']['verdict'], string> = {
  'in place': '~',
  replaced: '±',
  'cannot tell': '?',
};
