/** The drill's result for a reader at a terminal: verdict, matrix, then what was emulated. */

import Table from 'cli-table3';
import pc from 'picocolors';
import { faultNames, faults } from '../faults';
import { type CompletedRun, type DrillResult, type DrillRun, isCompleted } from '../result';
import { overall, verdictOf } from './verdict';

type Colours = ReturnType<typeof pc.createColors>;

export function renderDrill(result: DrillResult, options: { readonly colour: boolean }): string {
  const colours = pc.createColors(options.colour);
  if (result.runs.length === 0) return 'Nothing was drilled: no variant and fault were given.';
  return [
    colours.bold(overall(result.runs)),
    '',
    ...result.runs.flatMap((run) => verdictLines(run, colours)),
    '',
    matrix(result.runs, colours),
    '',
    ...footnotes(result),
  ].join('\n');
}

function verdictLines(run: DrillRun, colours: Colours): readonly string[] {
  const { sentence, reason } = verdictOf(run);
  const sign = !isCompleted(run) ? colours.yellow('-') : run.met ? colours.green('✓') : colours.red('✗');
  return [`${sign} ${sentence}`, ...(reason === null ? [] : [colours.dim(`  ${reason}`)])];
}

function matrix(runs: readonly DrillRun[], colours: Colours): string {
  const table = new Table({
    head: [
      'variant',
      'fault',
      'carts lost',
      'expected',
      'adds lost',
      'stale',
      'failed',
      'API failed',
      'recovery',
      'skew',
    ],
    colAligns: ['left', 'left', ...Array<'right'>(8).fill('right')],
    chars: noLines,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  for (const run of runs) {
    if (isCompleted(run)) table.push([run.variant, run.fault, ...figures(run, colours)]);
    else table.push([run.variant, run.fault, { colSpan: 8, content: 'not applicable', hAlign: 'left' }]);
  }
  return table.toString().replace(/ +$/gm, '');
}

/** Without a grid ten columns fit in 120 characters. */
const noLines = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid', 'middle'].flatMap((side) =>
    ['', '-mid', '-left', '-right'].map((corner) => [`${side}${corner}`, '']),
  ),
);

function figures(run: CompletedRun, colours: Colours): readonly string[] {
  const mark = run.met ? (text: string) => text : colours.red;
  return [
    mark(`${run.cartsLost} of ${run.shoppers}`),
    mark(String(run.expected.cartsLost)),
    `${run.writesLost}/${run.writesAcknowledged}`,
    String(run.staleReads),
    `${run.requestsFailed}/${run.requests}`,
    `${run.apiRequestsFailed}/${run.apiRequests}`,
    recovery(run),
    run.loadSkew.toFixed(2),
  ];
}

/** Two parts, never their sum: one is in Azure's time, the other in this machine's. */
function recovery({ platformSeconds, measuredSeconds }: CompletedRun): string {
  const measured = `${measuredSeconds.toFixed(1)} s`;
  return platformSeconds === 0 ? measured : `${platformSeconds} s Azure + ${measured}`;
}

function footnotes({ runs, timeScale, seed }: DrillResult): readonly string[] {
  const used = faultNames.filter((name) => runs.some(({ fault }) => fault === name));
  return [
    ...used.map((fault) => `${fault}: ${faults[fault].description}.`),
    'Real: the shop (a process per declared instance), Redis, every request. Emulated: App Service’s front end, Application',
    'Gateway, Front Door. "stale": answers that miss an acknowledged add; "failed": before retries; "skew": the busiest',
    'instance’s share of the audit over the even share.',
    `Time scale ${timeScale}: it shortens the platform’s timers, and none is emulated yet (health check eviction, Front Door’s`,
    'probes), so recovery is what a process start takes on this machine. Azure also has to notice.',
    `Not emulated yet: a zone or region failing, Redis failing over or replicating. Seed ${seed} repeats this drill.`,
  ];
}
