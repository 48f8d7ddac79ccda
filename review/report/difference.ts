import { createColors } from 'picocolors';
import type { Difference } from '../diff';

/** The difference in words first, then by resource. */
export function renderDifference(
  { from, to, facts, added, removed, changed }: Difference,
  { colour }: { colour: boolean },
): string {
  const { bold, dim, red, yellow, green } = createColors(colour);
  const lines = [bold(`From ${from} to ${to}`)];
  if (facts.length > 0) {
    const width = Math.max(...facts.map(({ fact }) => fact.length));
    lines.push('', ...facts.map(({ fact, before, after }) => `${fact.padEnd(width)}  ${before} ${dim('→')} ${after}`));
  }
  const total = added.length + removed.length + changed.length;
  if (total > 0) lines.push('', dim('+ added   - removed   ~ changed'));
  lines.push(
    ...added.map((address) => `${green('+')} ${address}`),
    ...removed.map((address) => `${red('-')} ${address}`),
  );
  for (const { address, attributes } of changed) {
    lines.push(`${yellow('~')} ${address}`);
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
      : `${added.length} added, ${removed.length} removed, ${changed.length} changed.`,
  );
  return `${lines.join('\n')}\n`;
}
