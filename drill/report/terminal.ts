/** The drill's result for a reader at a terminal: what it cost, the verdict, matrix, figures, then what was emulated. */

import pc from 'picocolors';
import { type Cell, type Colours, fits, type Layout, tableLines, wrapped } from '../../report/layout';
import { allPrintable } from '../../report/printable';
import type { FaultName } from '../faults';
import { headline } from './headline';
import { faultGroups, notesOn } from './notes';
import { type CompletedRun, type DrillReport, type DrillRun, isCompleted, type RunDetails } from './result';
import { overall, recovery, verdictOf } from './verdict';

/**
 * Above this many runs, sentences are written only for those that differ from the prediction. The matrix shows the
 * rest.
 */
const mostVerdicts = 16;

export function renderDrill(given: DrillReport, { colour, width, tableWidth = width }: Layout): string {
  const report = allPrintable(given);
  const page: Page = { colours: pc.createColors(colour), width, tableWidth };
  const { runs } = report;
  if (runs.length === 0) return 'Nothing was drilled: no variant and fault were given.';
  const worded = runs.flatMap((run, index) =>
    runs.length <= mostVerdicts || isSurprising(run) ? verdictLines(run, report.details[index] ?? null, page) : [],
  );
  const [first, verdict] = [headline(report), overall(report)];
  return [
    ...wrapped(page.colours.bold(first), width),
    ...(verdict === first ? [] : wrapped(verdict, width)),
    ...section(worded),
    ...section(runs.length > mostVerdicts ? matrix(runs, page) : []),
    ...section(figures(runs, report.details, page)),
    ...section(notesOn(report).flatMap((note) => wrapped(note, width))),
  ].join('\n');
}

interface Page {
  readonly colours: Colours;
  readonly width: number;
  readonly tableWidth: number;
}

const section = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ['', ...lines]);

const isSurprising = (run: DrillRun): boolean => (isCompleted(run) ? !run.met : 'notAssessed' in run);

function verdictLines(run: DrillRun, details: RunDetails | null, { colours, width }: Page): readonly string[] {
  const { sentence, reason } = verdictOf(run, details);
  const sign = isSurprising(run) ? colours.red('✗') : isCompleted(run) ? colours.green('✓') : colours.yellow('-');
  return [
    ...wrapped(`${sign} ${sentence}`, width),
    ...(reason === null ? [] : wrapped(reason, width, '  ').map((line) => colours.dim(line))),
  ];
}

/** Carts lost, variants by faults. */
function matrix(runs: readonly DrillRun[], page: Page): string[] {
  const shoppers = runs.find(isCompleted)?.shoppers ?? 0;
  return [
    ...faultGroups(runs.map(({ fault }) => fault)).flatMap(({ names }, index) => [
      ...(index > 0 ? [''] : []),
      ...lossTable(runs, names, page),
    ]),
    ...wrapped(
      `Of ${shoppers} shoppers. “+5w”: 5 acknowledged adds lost from carts that are there. “↩”: so many carts came back. “✗”: not as predicted.`,
      page.width,
    ),
  ];
}

function lossTable(runs: readonly DrillRun[], faults: readonly FaultName[], page: Page): readonly string[] {
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  const rows = variants.map((variant) =>
    faults.map((fault) => {
      const run = runs.find((each) => each.variant === variant && each.fault === fault);
      return run ? cell(run, page.colours) : '';
    }),
  );
  const table = tableLines(
    ['carts lost', ...faults.map((fault) => fault.replace('-', '\n'))],
    rows.map((cells, index) => [variants[index] ?? '', ...cells]),
    ['left', ...faults.map(() => 'right' as const)],
    1,
  );
  const folded = () =>
    rows.flatMap((cells, index) =>
      foldedRow(
        variants[index] ?? '',
        cells.flatMap((text, column) => (text === '' ? [] : [`${faults[column]} ${text}`])),
        page,
      ),
    );
  return fits(table, page.tableWidth) ? table : [page.colours.bold('carts lost'), ...folded()];
}

/** What is a row of a table where there is room for one: its name, then its cells as text. */
const foldedRow = (name: string, cells: readonly string[], { colours, width }: Page): string[] => [
  ...wrapped(colours.bold(name), width),
  ...wrapped(cells.join(', '), width, '  '),
];

function cell(run: DrillRun, colours: Colours): string {
  if ('notAssessed' in run) return colours.red('?');
  if (!isCompleted(run)) return colours.dim('-');
  const writes = run.writesLost === 0 ? '' : ` +${run.writesLost}w`;
  const back = run.cartsResurrected === 0 ? '' : ` ↩${run.cartsResurrected}`;
  const text = `${run.cartsLost}${back}${writes}`;
  if (!run.met) return colours.red(`✗ ${text}`);
  return run.cartsLost + run.writesLost > 0 ? colours.yellow(text) : colours.green(text);
}

function figures(runs: readonly DrillRun[], details: readonly (RunDetails | null)[], page: Page): readonly string[] {
  const head = ['variant', 'fault', 'carts lost', 'adds lost', 'stale', 'failed', 'API failed', 'recovery', 'skew'];
  const rows = runs.map((run, index): Cell[] => {
    if (isCompleted(run)) return [run.variant, run.fault, ...cells(run, details[index] ?? null, page.colours)];
    const text = 'notAssessed' in run ? page.colours.red('not assessed') : 'not applicable';
    return [run.variant, run.fault, { span: 7, text }];
  });
  const table = tableLines(head, rows, ['left', 'left', ...Array<'right'>(7).fill('right')], 1);
  if (fits(table, page.tableWidth)) return table;
  return rows.flatMap(([variant, fault, ...rest]) =>
    foldedRow(
      `${variant}, ${fault}`,
      rest.map((cell, column) => (typeof cell === 'string' ? `${head[column + 2]} ${cell}` : cell.text)),
      page,
    ),
  );
}

function cells(run: CompletedRun, details: RunDetails | null, colours: Colours): readonly string[] {
  const mark = run.met ? (text: string) => text : colours.red;
  const adds = details && details.writesForeseenLost > 0 ? ` (${details.writesForeseenLost} exp.)` : '';
  return [
    mark(`${run.cartsLost} (${run.expected.cartsLost} exp.)`),
    mark(`${run.writesLost}${adds}`),
    String(run.staleReads),
    `${run.requestsFailed}/${run.requests}`,
    `${run.apiRequestsFailed}/${run.apiRequests}`,
    recovery(run),
    run.loadSkew.toFixed(2),
  ];
}
