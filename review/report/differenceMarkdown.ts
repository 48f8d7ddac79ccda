import { markdownCode as code, markdownTable, markdownText as text } from '../../report/markdown';
import { allPrintable } from '../../report/printable';
import type { VariantChange } from '../changes';
import type { Difference } from '../diff';
import type { ResourceChange } from '../resourceChange';
import { changesMarkdown } from './changesMarkdown';
import { betweenEnvironments, countLine, signs } from './difference';
import { foldedList } from './markdown';

/** For a pull request's comment: affinity, sessions, money and findings first, then the other facts, and the resources folded. */
export function renderDifferenceMarkdown(
  given: Difference,
  change: VariantChange,
  namesOf: string | null = null,
): string {
  const difference = allPrintable(given);
  const { from, to, facts, sessionsLost } = difference;
  const others = facts.filter(({ concern, fact }) => !['cost', 'affinity'].includes(concern) && fact !== 'sessions');
  const items = resourceItems(difference);
  return `${[
    `### From ${text(from)} to ${text(to)}`,
    ...(namesOf === null ? [] : [text(betweenEnvironments(namesOf))]),
    ...sessionsLost.map((reason) => `**Every session is lost**: ${text(reason)}.`),
    ...changesMarkdown([allPrintable(change)]),
    ...(others.length > 0
      ? [
          '**What else differs**',
          markdownTable(
            ['concern', 'what', 'before', 'after'],
            others.map(({ concern, fact, before, after }) => [concern, fact, before, after]),
          ),
        ]
      : []),
    ...foldedList(`Resources: ${countLine(difference)}`, items),
    ...(items.length === 0 ? ['The same Terraform.'] : []),
  ].join('\n\n')}\n`;
}

const resourceItems = ({ added, removed, moved, changed }: Difference): string[] => [
  ...added.map((address) => `- \\+ ${code(address)}`),
  ...removed.map((address) => `- \\- ${code(address)}`),
  ...moved.map((one) => `- → ${code(one.to)}, moved from ${code(one.from)}`),
  ...changed.map(changedItem),
];

function changedItem({ address, attributes, replacement }: ResourceChange): string {
  const why = replacement.verdict === 'replaced' ? ` **replaced**: ${text(replacement.because)}` : '';
  const lines = attributes.map(
    ({ attribute, before, after }) =>
      `  - ${code(attribute)}: ${before === undefined ? 'not set' : code(before)} → ${after === undefined ? 'not set' : code(after)}`,
  );
  return [`- ${signs[replacement.verdict]} ${code(address)}${why}`, ...lines].join('\n');
}
