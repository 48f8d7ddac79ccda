import { type Colours, textTable, wrapped } from '../../report/layout';
import type { VariantChange } from '../changes';
import { costColumns, costRows, movedFindings, stateColumns, stateRows } from './changes';

interface Page {
  readonly width: number;
  readonly tableWidth: number;
  readonly colours: Colours;
}

/** What changed, for a terminal: affinity and sessions, cost, findings. */
export function changesLines(variants: readonly VariantChange[], page: Page): string[] {
  const { bold } = page.colours;
  const table = { width: page.tableWidth, bold };
  const state = stateRows(variants);
  const [first] = variants;
  return [
    ...(state.length > 0 ? [...textTable(stateColumns, state, table), ''] : []),
    ...(first ? [...textTable(costColumns(first.cost.currency), costRows(variants), table), ''] : []),
    ...findingChanges(variants, page),
  ];
}

/** Findings that came or went, a paragraph each. */
export function findingChanges(variants: readonly VariantChange[], { width, colours }: Page): string[] {
  const { red, yellow, green, bold } = colours;
  const several = variants.length > 1;
  return movedFindings(variants).flatMap(({ name, all }) =>
    all.flatMap(({ variant, rule, resource, severity, said }) => {
      const sign = name === 'fixed' ? green(name) : name === 'new' ? (severity === 'error' ? red : yellow)(name) : name;
      const kind = severity === undefined ? 'finding' : severity;
      return [
        ...wrapped(`${sign} ${kind}  ${bold(rule)} at ${several ? `${variant}: ` : ''}${resource}`, width),
        ...(said === null ? [] : wrapped(said, width, '  ')),
      ];
    }),
  );
}
