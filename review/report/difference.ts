import { createColors } from 'picocolors';
import type { Difference, ResourceChange } from '../diff';
import { grouping } from './words';

/** The difference in words first, by concern, then by resource. */
export function renderDifference(
  { from, to, facts, added, removed, moved, changed }: Difference,
  { colour }: { colour: boolean },
): string {
  const { bold, dim, red, yellow, green } = createColors(colour);
  const lines = [bold(`From ${from} to ${to}`)];
  if (facts.length > 0) lines.push('');
  const width = Math.max(0, ...facts.map(({ fact }) => fact.length));
  for (const same of grouping(facts, ({ concern }) => concern)) {
    lines.push(bold(same[0]?.concern ?? ''));
    lines.push(...same.map(({ fact, before, after }) => `  ${fact.padEnd(width)}  ${before} ${dim('→')} ${after}`));
  }
  const total = added.length + removed.length + moved.length + changed.length;
  if (total > 0)
    lines.push(
      '',
      dim('+ added   - removed   ~ changed in place   ± replaced   ? changed, cannot tell whether in place'),
    );
  lines.push(
    ...added.map((address) => `${green('+')} ${address}`),
    ...removed.map((address) => `${red('-')} ${address}`),
    ...moved.map((one) => `${dim('→')} ${one.to}, moved from ${one.from}`),
  );
  for (const { address, attributes, replacement } of changed) {
    const sign = signs[replacement.verdict];
    lines.push(`${sign === '±' ? red(sign) : yellow(sign)} ${address}`);
    if (replacement.verdict === 'replaced') lines.push(`    ${red('replaced')}: ${replacement.because}`);
    lines.push(
      ...attributes.map(
        ({ attribute, before, after }) => `    ${attribute}: ${before ?? 'not set'} ${dim('→')} ${after ?? 'not set'}`,
      ),
    );
  }
  lines.push(
    '',
    total === 0
      ? 'The same Terraform.'
      : `${added.length} added, ${removed.length} removed, ${moved.length > 0 ? `${moved.length} moved, ` : ''}${changed.length} changed.`,
  );
  return `${lines.join('\n')}\n`;
}

export const signs: Record<ResourceChange['replacement']['verdict'], string> = {
  'in place': '~',
  replaced: '±',
  'cannot tell': '?',
};
