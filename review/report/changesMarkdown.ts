import { markdownCode as code, markdownTable, markdownText as text } from '../../report/markdown';
import type { VariantChange } from '../changes';
import {
  costColumns,
  costRows,
  type Moved,
  type MovedGroup,
  movedFindings,
  stateColumns,
  stateRows,
  tabled,
} from './changes';

/** What changed, as blocks of Markdown: affinity and sessions, cost, findings. Nothing that stayed the same but the cost. */
export function changesMarkdown(variants: readonly VariantChange[]): string[] {
  const state = stateRows(variants);
  const [first] = variants;
  return [
    ...(state.length > 0 ? ['**Affinity and sessions**', markdownTable(...tabled(stateColumns, state))] : []),
    ...(first ? ['**Cost**', markdownTable(...tabled(costColumns(first.cost.currency), costRows(variants)))] : []),
    ...movedFindings(variants).map(groupOf),
  ];
}

const groupOf = ({ name, all }: MovedGroup): string => {
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return `**${title}** (${all.length})\n\n${all.map((one) => itemOf(name, one)).join('\n')}`;
};

function itemOf(group: MovedGroup['name'], { variant, rule, resource, severity, said }: Moved): string {
  const sign = group === 'fixed' ? '✅ ' : group === 'new' ? (severity === 'error' ? '❌ ' : '⚠️ ') : '';
  return `- ${sign}**${text(variant)}** ${code(rule)} ${code(resource)}${said === null ? '' : `: ${text(said)}`}`;
}
