/** What a reader must know to judge the figures: what was real, what was emulated, and at which scale. */

import { type FaultName, faultNames, faults } from '../faults';
import { type DrillReport, isCompleted } from './result';
import { people, recovery } from './verdict';

export function notesOn({
  runs,
  details,
  timeScale,
  seed,
  seeds = 1,
  slowed,
  assumed = [],
  app,
  remote,
}: DrillReport): readonly string[] {
  if (remote) return remoteNotes(seed);
  const own = [...new Set(details.flatMap((each) => each?.ownSettings ?? []))].sort();
  return [
    `Real: ${app === undefined ? 'the shop' : `the app that \`${app}\` starts`} (a process per declared instance), redis-server with its replica, every request. Emulated: App Service’s front end with its health check, Application Gateway, Front Door, geo-replication between regions.`,
    `Timers (health check, probes, promotion) run ${timeScale} times as fast as Azure’s; processes and TCP do not. So recovery has two parts that must not be added up: “s Azure” is what the timers take in Azure, the rest is what this machine took.`,
    ...(runs.some((run) => isCompleted(run) && recovery(run) === people)
      ? [
          '“people”: nothing in Azure takes over, and nobody is served until people act. How long that takes, no drill knows.',
        ]
      : []),
    'An instance that is gone stays in rotation until health check takes it out, and health check and Front Door’s samples begin at a moment that the seed draws: failed requests are an upper bound of that time. Where only a replacement ends the outage, they are those of its first minutes.',
    '“carts lost”, “adds lost”, “stale”: acknowledged, and not found. “failed”: before retries. “skew”: the busiest instance’s share of the audit over the even share.',
    ...(assumed.length === 0 ? [] : [`Stated beside the Terraform: ${assumed.join('; ')}.`]),
    ...(own.length === 0
      ? []
      : [
          `App settings reach the shop as the Terraform states them, wrong ones too. Those that refer to something in Azure have the drill’s own value or none: ${own.join(', ')}.`,
        ]),
    ...(slowed === undefined ? [] : [`${slowed}.`]),
    ...(seeds === 1 ? [] : [`Each pair was drilled with ${seeds} seeds. Figures in tables are those of the first.`]),
    `Seed ${seed} repeats this drill: the same carts in the same places, the same victims, the same verdicts. How many requests meet the fault depends on the machine.`,
    ...faultsIn(runs.map(({ fault }) => fault)).map((fault) => `${fault}: ${faults[fault].description}.`),
  ];
}

/** Of an address nothing is known and nothing is emulated: no timers, no seconds of Azure. */
const remoteNotes = (seed: number): readonly string[] => [
  'Real: the shop at that address, and every request. What is deployed there, and what broke, the drill does not know: what the operator marked is shown as it was typed.',
  '“recovery”: from the first failed request to the last, in real seconds. It is no more exact than the shoppers are frequent.',
  '“carts lost”, “adds lost”, “stale”: acknowledged, and not found. “failed”: before retries. “skew”: the busiest instance’s share of the audit over the even share.',
  `Seed ${seed} lets the same shoppers do the same things again.`,
];

/** Faults in tables of their own: those that take something away, then grey ones. */
export const faultGroups = (
  named: readonly FaultName[],
): readonly { readonly isGrey: boolean; readonly names: readonly FaultName[] }[] =>
  [false, true]
    .map((isGrey) => ({ isGrey, names: faultsIn(named).filter((name) => (faults[name].isGrey ?? false) === isGrey) }))
    .filter(({ names }) => names.length > 0);

export const faultsIn = (named: readonly FaultName[]): readonly FaultName[] =>
  faultNames.filter((name) => named.includes(name));
