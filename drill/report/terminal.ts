/** The drill's result for a reader at a terminal: verdict, matrix, figures, then what was emulated. */

import pc from 'picocolors';
import { type Cell, type Colours, type Layout, tableLines, wrapped } from '../../report/layout';
import { allPrintable } from '../../report/printable';
import { faultsIn, notesOn } from './notes';
import { type CompletedRun, type DrillReport, type DrillRun, isCompleted, type RunDetails } from './result';
import { overall, recovery, verdictOf } from './verdict';

/**
 * Above this many runs, sentences are written only for those that differ from the prediction. The matrix shows the
 * rest.
 */
const mostVerdicts = 16;

export function renderDrill(given: DrillReport, { colour, width }: Layout): string {
  const report = allPrintable(given);
  const colours = pc.createColors(colour);
  const { runs } = report;
  if (runs.length === 0) return 'Nothing was drilled: no variant and fault were given.';
  const worded = runs.flatMap((run, index) =>
    runs.length <= mostVerdicts || isSurprising(run)
      ? verdictLines(run, report.details[index] ?? null, colours, width)
      : [],
  );
  return [
    ...wrapped(colours.bold(overall(runs)), width),
    ...section(worded),
    ...section(runs.length > mostVerdicts ? matrix(runs, colours, width) : []),
    ...section(figures(runs, report.details, colours)),
    ...section(notesOn(report).flatMap((note) => wrapped(note, width))),
  ].join('\n');
}

const section = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ['', ...lines]);

const isSurprising = (run: DrillRun): boolean => (isCompleted(run) ? !run.met : 'notAssessed' in run);

function verdictLines(run: DrillRun, details: RunDetails | null, colours: Colours, width: number): readonly string[] {
  const { sentence, reason } = verdictOf(run, details);
  const sign = isSurprising(run) ? colours.red('✗') : isCompleted(run) ? colours.green('✓') : colours.yellow('-');
  return [
    ...wrapped(`${sign} ${sentence}`, width),
    ...(reason === null ? [] : wrapped(reason, width, '  ').map((line) => colours.dim(line))),
  ];
}

/** Carts lost, variants by faults. */
function matrix(runs: readonly DrillRun[], colours: Colours, width: number): string[] {
  const faults = faultsIn(runs.map(({ fault }) => fault));
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  const rows = variants.map((variant) => [
    variant,
    ...faults.map((fault) => {
      const run = runs.find((each) => each.variant === variant && each.fault === fault);
      return run ? cell(run, colours) : '';
    }),
  ]);
  const shoppers = runs.find(isCompleted)?.shoppers ?? 0;
  return [
    ...tableLines(
      ['carts lost', ...faults.map((fault) => fault.replace('-', '\n'))],
      rows,
      ['left', ...faults.map(() => 'right' as const)],
      1,
    ),
    ...wrapped(
      `Of ${shoppers} shoppers. “+5w”: 5 acknowledged adds lost from carts that are there. “↩”: so many carts came back. “✗”: not as predicted.`,
      width,
    ),
  ];
}

function cell(run: DrillRun, colours: Colours): string {
  if ('notAssessed' in run) return colours.red('?');
  if (!isCompleted(run)) return colours.dim('-');
  const writes = run.writesLost === 0 ? '' : ` +${run.writesLost}w`;
  const back = run.cartsResurrected === 0 ? '' : ` ↩${run.cartsResurrected}`;
  const text = `${run.cartsLost}${back}${writes}`;
  if (!run.met) return colours.red(`✗ ${text}`);
  return run.cartsLost + run.writesLost > 0 ? colours.yellow(text) : colours.green(text);
}

function figures(
  runs: readonly DrillRun[],
  details: readonly (RunDetails | null)[],
  colours: Colours,
): readonly string[] {
  const head = ['variant', 'fault', 'carts lost', 'adds lost', 'stale', 'failed', 'API failed', 'recovery', 'skew'];
  const rows = runs.map((run, index): Cell[] => {
    if (isCompleted(run)) return [run.variant, run.fault, ...cells(run, details[index] ?? null, colours)];
    const text = 'notAssessed' in run ? colours.red('not assessed') : 'not applicable';
    return [run.variant, run.fault, { span: 7, text }];
  });
  return tableLines(head, rows, ['left', 'left', ...Array<'right'>(7).fill('right')], 1);
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
