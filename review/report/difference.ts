import { createColors } from 'picocolors';
import { grouping } from '../../report/grouping';
import { definition, type Layout, wrapped } from '../../report/layout';
import { allPrintable } from '../../report/printable';
import type { Difference } from '../diff';
import type { ResourceChange } from '../resourceChange';

/** The difference in words first, by concern, then by resource. */
export function renderDifference(difference: Difference, { colour, width }: Layout): string {
  const { from, to, facts, added, removed, moved, changed, sessionsLost } = allPrintable(difference);
  const { bold, dim, red, yellow, green } = createColors(colour);
  const lines = wrapped(bold(`From ${from} to ${to}`), width);
  if (facts.length > 0) lines.push('');
  const longest = Math.max(0, ...facts.map(({ fact }) => fact.length));
  for (const same of grouping(facts, ({ concern }) => concern)) {
    lines.push(bold(same[0]?.concern ?? ''));
    for (const { fact, before, after } of same)
      lines.push(...definition(fact.padEnd(longest), `${before} ${dim('→')} ${after}`, width));
  }
  for (const reason of sessionsLost) lines.push('', ...wrapped(`${red('Every session is lost')}: ${reason}.`, width));
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

const signKey = '+ added   - removed   ~ changed in place   ± replaced   ? changed, cannot tell whether in place';

export const countLine = ({ added, removed, moved, changed }: Difference): string =>
  `${added.length} added, ${removed.length} removed, ${moved.length > 0 ? `${moved.length} moved, ` : ''}${changed.length} changed.`;

export const signs: Record<ResourceChange['replacement']['verdict'], string> = {
  'in place': '~',
  replaced: '±',
  'cannot tell': '?',
};
