/** What a run means, in words that need no knowledge of the drill. */

import { faults } from '../faults';
import { besideCarts } from './beside';
import { type CompletedRun, type DrillReport, type DrillRun, isCompleted, type Range, type RunDetails } from './result';

export interface WordedVerdict {
  readonly sentence: string;
  /** Why that was expected; null if the sentence already says it. */
  readonly reason: string | null;
}

/** The first line of a report. Nothing assessed is never a good verdict. */
export function overall({ runs, remote }: Pick<DrillReport, 'runs' | 'remote'>): string {
  const done = runs.filter(isCompleted);
  const failed = runs.filter((run) => 'notAssessed' in run).length;
  const inapplicable = runs.length - done.length - failed;
  const rest = [
    failed === 0 ? '' : ` ${counted(failed, 'run')} could not be completed.`,
    inapplicable === 0 ? '' : ` ${inapplicable} of ${runs.length} cannot apply.`,
  ].join('');
  if (done.length === 0) return `Not assessed: none of ${counted(runs.length, 'run')} could be drilled.${rest}`;
  const unmet = done.filter(({ met }) => !met).length;
  if (unmet === 0 && remote && done.every(({ fault }) => fault === 'none'))
    return `${counted(done.length, 'run')}: every shopper found all that was acknowledged, and every request was answered.${rest}`;
  if (unmet === 0)
    return `${counted(done.length, 'run')}: every shopper found exactly what the facts predict for that shopper.${rest}`;
  return `${unmet} of ${counted(done.length, 'run')} did not go as ${remote ? 'expected' : 'predicted'}: do not rely on the figures before you know why.${rest}`;
}

export function verdictOf(run: DrillRun, details: RunDetails | null = null): WordedVerdict {
  const subject = `${run.variant}, ${run.fault}:`;
  if ('notAssessed' in run) return { sentence: `${subject} NOT ASSESSED: ${run.notAssessed}`, reason: null };
  if ('notApplicable' in run) return { sentence: `${subject} not drilled: ${run.notApplicable}.`, reason: null };
  return { sentence: `${subject} ${losses(run)}, ${judgement(run)}.`, reason: reasonOf(run, details) };
}

/** How many lost what. */
export function losses(run: CompletedRun): string {
  const { cartsLost, shoppers, writesLost, cartsResurrected } = run;
  const lost =
    cartsLost === 0
      ? `none of ${shoppers} shoppers lost a cart`
      : `${cartsLost} of ${shoppers} shoppers lost their cart${faults[run.fault].lossRemark ?? ''}`;
  const back = cartsResurrected === 0 ? '' : ` (${cartsResurrected} saw it again at the next look)`;
  const other = cartsLost === 0 ? '' : ' from other carts';
  return `${lost}${back}${writesLost === 0 ? '' : `, ${counted(writesLost, 'acknowledged add')} vanished${other}`}`;
}

export function judgement({ met, expected, cartsLost }: CompletedRun): string {
  if (met) return 'exactly as expected';
  return expected.cartsLost === cartsLost
    ? 'NOT as expected: the number of carts fits, something else does not'
    : `NOT as expected: ${expected.cartsLost} should have`;
}

export function reasonOf(run: CompletedRun, details: RunDetails | null): string {
  const atReturn = details?.writesLostAtReturn ?? 0;
  return [
    run.expected.source,
    lagOf(run),
    rangesOf(run),
    hitsOf(run),
    waitsOf(run),
    signInsOf(run),
    ...besideCarts(run),
    details?.remark ?? '',
    leftOver(run),
    atReturn === 0
      ? ''
      : `${counted(atReturn, 'add')} made while the region was away ${atReturn === 1 ? 'is' : 'are'} gone again since it is back.`,
    run.met || !details ? '' : `Surprises: ${details.surprises.slice(0, 3).join('; ')}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** What is left meanwhile, and how long it lasts where Azure replaces nothing. */
function leftOver({ fault, capacity, outageSeconds, platformSeconds }: CompletedRun): string {
  if (capacity === null || capacity.left >= capacity.of) return '';
  const left = `${capacity.left === 0 ? 'No instance' : counted(capacity.left, 'instance')} of ${capacity.of} ${capacity.left > 1 ? 'are' : 'is'} left`;
  if (outageSeconds !== null && faults[fault].takes.region) return `${left} until the region is back.`;
  if (outageSeconds !== null)
    return `${left} until Azure replaces the rest: an hour later at the earliest, and not guaranteed when a zone fails.`;
  // Azure replaces instances, and no region.
  return platformSeconds === 0 || faults[fault].takes.region
    ? `${left}, and requests fail until people have deployed again.`
    : `${left}, and requests go on failing until Azure replaces what is gone: an hour later at the earliest, and not guaranteed. Figures of failed requests are those of the first minutes.`;
}

/** Over several seeds; empty with one. */
function rangesOf({ ranges }: CompletedRun): string {
  if (ranges === undefined) return '';
  const { completed, met, notAssessed, cartsLost, writesLost, requestsFailed, platformSeconds } = ranges;
  const said = ({ least, most }: Range, one: string, several: string): string =>
    `${least === most ? '' : `${least} to `}${most} ${most === 1 ? one : several}`;
  const figures = [
    said(cartsLost, 'cart lost', 'carts lost'),
    ...(writesLost.most > 0 ? [said(writesLost, 'single add', 'single adds')] : []),
    said(requestsFailed, 'request failed', 'requests failed'),
    ...(platformSeconds.most > 0
      ? [
          said(
            { least: Math.round(platformSeconds.least), most: Math.round(platformSeconds.most) },
            's of Azure’s timers',
            's of Azure’s timers',
          ),
        ]
      : []),
  ];
  const unmet = met === completed ? '' : ` ${completed - met} of them did not go as predicted.`;
  const [first] = notAssessed;
  const unfinished = first === undefined ? '' : ` ${notAssessed.length} more could not be completed (${first}).`;
  return `Over ${counted(completed, 'seed')}: ${figures.join(', ')}.${unmet}${unfinished}`;
}

/** How many adds die in the lag is set by the drill, so it is no measure of what a failover costs. */
function lagOf({ lag }: CompletedRun): string {
  if (lag === undefined) return '';
  const { staged, shoppers, lostASecond, assumedAddsAMinute: often } = lag;
  return `The drill put ${counted(staged, 'add')} there on purpose. As a rate, each second of lag costs ${lostASecond.toFixed(1)} adds if each of the ${shoppers} shoppers of that Redis adds ${often === 1 ? 'once' : `${often} times`} a minute (assumed).`;
}

/** Who met what takes nothing away; empty where nobody could. */
function hitsOf({ hit, shoppers }: CompletedRun): string {
  if (hit === undefined || hit.expected.most === 0) return '';
  const { least, most } = hit.expected;
  const bound =
    least === most ? 'exactly those who are bound to it' : most < shoppers ? `and at most ${most} could` : 'by chance';
  return `${hit.shoppers} of ${shoppers} shoppers met it, ${bound}, in ${counted(hit.requests, 'request')}.`;
}

/** How long answers took on this machine, for failures that show in nothing else. */
function waitsOf({ fault, latency }: CompletedRun): string {
  const [before, during] = [latency?.before.shoppers, latency?.during.shoppers];
  if (!faults[fault].isGrey || !before || !during) return '';
  const ms = (value: number): string => `${Math.round(value)} ms`;
  return `Half of the answers took ${ms(during.p50)} or less meanwhile and one of a hundred more than ${ms(during.p99)}, on this machine; before, ${ms(before.p50)} and ${ms(before.p99)}.`;
}

/** Empty where none had to begin again. */
const signInsOf = ({ signIns }: CompletedRun): string =>
  signIns === undefined || signIns.lost === 0
    ? ''
    : `Of ${counted(signIns.begun, 'sign-in')} half-way at that moment, ${signIns.lost} had to begin again.`;

/** Nothing in Azure takes over: how long that takes, no drill knows. */
export const people = 'people';

/** Two parts, never their sum: one is in Azure's time, the other in this machine's. */
export function recovery({ platformSeconds, measuredSeconds, outageSeconds }: CompletedRun): string {
  if (outageSeconds === null) return platformSeconds === 0 ? people : `${platformSeconds / 60} min or more`;
  const measured = `${measuredSeconds.toFixed(1)} s`;
  return platformSeconds === 0 ? measured : `${Math.round(platformSeconds)} s Azure + ${measured}`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
