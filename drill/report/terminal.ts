/** The drill's result for a reader at a terminal: verdict, matrix, figures, then what was emulated. */

import Table from 'cli-table3';
import pc from 'picocolors';
import { faultsIn, notesOn } from './notes';
import { type CompletedRun, type DrillReport, type DrillRun, isCompleted, type RunDetails } from './result';
import { overall, recovery, verdictOf } from './verdict';

type Colours = ReturnType<typeof pc.createColors>;

/** More verdicts than this are a wall; then only those that surprise are worded, and the matrix tells the rest. */
const mostVerdicts = 16;

export function renderDrill(report: DrillReport, options: { readonly colour: boolean }): string {
  const colours = pc.createColors(options.colour);
  const { runs } = report;
  if (runs.length === 0) return 'Nothing was drilled: no variant and fault were given.';
  const worded = runs.flatMap((run, index) =>
    runs.length <= mostVerdicts || isSurprising(run) ? verdictLines(run, report.details[index] ?? null, colours) : [],
  );
  return [
    colours.bold(overall(runs)),
    ...section(worded),
    ...section(runs.length > mostVerdicts ? [matrix(runs, colours)] : []),
    ...section([figures(runs, report.details, colours)]),
    ...section(notesOn(report).flatMap((note) => wrapped(note))),
  ].join('\n');
}

const section = (lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ['', ...lines]);

const isSurprising = (run: DrillRun): boolean => (isCompleted(run) ? !run.met : 'notAssessed' in run);

function verdictLines(run: DrillRun, details: RunDetails | null, colours: Colours): readonly string[] {
  const { sentence, reason } = verdictOf(run, details);
  const sign = isSurprising(run) ? colours.red('✗') : isCompleted(run) ? colours.green('✓') : colours.yellow('-');
  return [`${sign} ${sentence}`, ...(reason === null ? [] : wrapped(reason, '  ').map((line) => colours.dim(line)))];
}

/** Carts lost, variants by faults. */
function matrix(runs: readonly DrillRun[], colours: Colours): string {
  const faults = faultsIn(runs.map(({ fault }) => fault));
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  const table = plainTable(
    ['carts lost', ...faults.map((fault) => fault.replace('-', '\n'))],
    ['left', ...faults.map(() => 'right' as const)],
  );
  for (const variant of variants) {
    const cells = faults.map((fault) => {
      const run = runs.find((each) => each.variant === variant && each.fault === fault);
      return run ? cell(run, colours) : '';
    });
    table.push([variant, ...cells]);
  }
  const shoppers = runs.find(isCompleted)?.shoppers ?? 0;
  return `${asText(table)}\nOf ${shoppers} shoppers. “+5w”: 5 acknowledged adds lost from carts that are there. “↩”: so many carts came back. “✗”: not as predicted.`;
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

function figures(runs: readonly DrillRun[], details: readonly (RunDetails | null)[], colours: Colours): string {
  const head = ['variant', 'fault', 'carts lost', 'adds lost', 'stale', 'failed', 'API failed', 'recovery', 'skew'];
  const table = plainTable(head, ['left', 'left', ...Array<'right'>(7).fill('right')]);
  for (const [index, run] of runs.entries()) {
    if (isCompleted(run)) table.push([run.variant, run.fault, ...cells(run, details[index] ?? null, colours)]);
    else {
      const content = 'notAssessed' in run ? colours.red('not assessed') : 'not applicable';
      table.push([run.variant, run.fault, { colSpan: 7, content, hAlign: 'left' }]);
    }
  }
  return asText(table);
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

function plainTable(head: string[], colAligns: ('left' | 'right')[]): Table.Table {
  return new Table({
    ...{ head, colAligns, chars: noLines },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
  });
}

const asText = (table: Table.Table): string => table.toString().replace(/ +$/gm, '');

/** Without a grid the columns fit in 120 characters. */
const noLines = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid', 'middle'].flatMap((side) =>
    ['', '-mid', '-left', '-right'].map((corner) => [`${side}${corner}`, '']),
  ),
);

const columns = 118;

function wrapped(text: string, indent = ''): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1] ?? '';
    if (last !== '' && indent.length + last.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((line) => indent + line);
}
