import type { ReviewedVariant, ReviewResult } from '../review';
import { rules } from '../rules';
import { inVariants, kindWord, sharedEntries } from './state';
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

/** For a pull request's comment: the verdict and the tables in sight, the rest folded. */
export function renderMarkdown({ variants }: ReviewResult): string {
  return `${[
    `### ${verdict(variants, rules.length)}`,
    markdownTable(comparisonHead, variants.map(comparisonRow)),
    `<sub>${markup(affinityKey)}</sub>`,
    markdownTable(figuresHead, variants.map(figuresRow)),
    `<sub>${markup(currencyKey(variants))}</sub>`,
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
    ...unpriced(variants),
    ...suppressed(variants),
  ].join('\n\n')}\n`;
}

function findings(variants: readonly ReviewedVariant[]): string[] {
  const blocks = byRule(variants, false).map(({ rule, severity, source, groups }) => {
    const title = rules.find(({ id }) => id === rule)?.title ?? '';
    const items = groups.map(
      ({ message, fix, places }) =>
        `- ${markup(message)}\n  ${grouping(places, ({ variant }) => variant)
          .map(
            (here) => `**${markup(here[0]?.variant ?? '')}** ${here.map(({ resource }) => code(resource)).join(', ')}`,
          )
          .join('; ')}\n  *Fix:* ${markup(fix)}`,
    );
    return `#### ${severity === 'error' ? '❌' : '⚠️'} ${code(rule)} ${markup(title)}\n\n${items.join('\n')}\n\n[source](${source})`;
  });
  const open = variants.flatMap(({ name, cannotTell }) =>
    cannotTell.map(({ rule, reason }) => `- **${markup(name)}** ${code(rule)}: ${markup(reason)}`),
  );
  return open.length > 0 ? [...blocks, folded(`${open.length} cannot be told`, [open.join('\n')])] : blocks;
}

function unpriced(variants: readonly ReviewedVariant[]): string[] {
  const items = unpricedByReason(variants).map(
    ({ reason, resources }) => `- ${markup(reason)}: ${resources.map(code).join(', ')}`,
  );
  return items.length > 0 ? [folded('Without a price, and in no sum', [items.join('\n')])] : [];
}

function suppressed(variants: readonly ReviewedVariant[]): string[] {
  const items = variants.flatMap(({ name, findings: all }) =>
    all
      .filter((finding) => finding.suppressed)
      .map(
        ({ rule, resource, reason }) =>
          `- **${markup(name)}** ${code(rule)} ${code(resource)}: ${markup(reason ?? '')}`,
      ),
  );
  return items.length > 0 ? [folded(`${items.length} suppressed`, [items.join('\n')])] : [];
}

const folded = (summary: string, body: readonly string[]) =>
  `<details><summary>${markup(summary)}</summary>\n\n${body.join('\n\n')}\n\n</details>`;

const markdownTable = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map((cell) => markup(cell)).join(' | ')} |`).join('\n');

/** Addresses hold quotes and brackets, but never a backtick. */
const code = (text: string) => `\`${text.replaceAll('`', "'")}\``;

/** Text from Terraform must not become markup of the comment. */
const markup = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('|', '\\|')
    .replaceAll('@', '@&#8203;')
    .replaceAll('\n', ' ');
