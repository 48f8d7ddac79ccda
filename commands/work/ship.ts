import path from 'node:path';
import { refuse } from '../../inputError';
import { variants } from '../../main';
import { az } from '../../ship/az';
import { readTarget } from '../../ship/outputs';
import { ship } from '../../ship/ship';
import { outcomeOf, renderProblems, renderStates, renderSwaps } from '../../ship/states';
import type { Settings } from '../../stacks/settings';
import { ask } from '../../synthesis/choices';
import { checkedSettings } from '../../synthesis/request';
import { type EnvironmentOption, settingsFor } from '../environments';
import { endings, exitCodes, interrupted } from '../exit';
import { print } from '../program';
import { refuseVariant } from '../refuseVariant';

const longestWait = 3600;

export interface ShipOptions extends EnvironmentOption {
  readonly region?: string;
  readonly slot?: string;
  readonly to?: string;
  readonly outputs?: string;
  readonly out: string;
  readonly wait: string;
  readonly openStorage?: boolean;
}

/**
 * Deploys the app to the variant that the words of a command name.
 *
 * @returns exit code
 * @throws InputError before any app is touched
 */
export async function shipWords(words: readonly string[], options: ShipOptions): Promise<number> {
  const { label, app } = await oneVariant(words, options.environment);
  checkCode(app);
  const waitSeconds = secondsOf(options.wait);
  if (options.to !== undefined && !/^[0-9a-f]{12}$/.test(options.to))
    throw refuse('--to', 'twelve hexadecimal digits', options.to, 'The report of a shipment names the package before.');
  const abort = new AbortController();
  const stop = () => abort.abort();
  for (const name of endings) process.on(name, stop);
  try {
    return await shipTo({ label, app }, options, waitSeconds, abort.signal);
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    process.stderr.write('error: interrupted before any app was touched.\n');
    return interrupted;
  } finally {
    for (const name of endings) process.off(name, stop);
  }
}

/** @throws InputError for a container, of which there is nothing to deliver */
export function checkCode(app: Settings['app']): void {
  if (app?.image !== undefined)
    throw refuse(
      'app',
      'code, for ship to deliver',
      app.image,
      'App Service pulls a container itself: name another tag in settings.ts, synthesize and apply.',
    );
}

/** What is shipped, and where. */
interface Chosen {
  readonly label: string;
  /** undefined: the shop. */
  readonly app: Settings['app'];
}

async function shipTo(
  { label, app }: Chosen,
  options: ShipOptions,
  waitSeconds: number,
  signal: AbortSignal,
): Promise<number> {
  const folder = path.join(options.out, 'stacks', label);
  const target = await readTarget({ label, folder, file: options.outputs }, signal);
  const shipment = await ship({
    label,
    target,
    region: options.region,
    slot: options.slot,
    ship: options.to === undefined ? await newPackage(app) : { hash: options.to },
    waitSeconds,
    reportsPackage: app === undefined,
    openStorage: options.openStorage ?? false,
    az,
    signal,
    onProgress: (line) => process.stderr.write(`${line}\n`),
  });
  await print(renderStates(shipment) + renderSwaps(shipment));
  for (const problem of renderProblems(shipment)) process.stderr.write(`error: ${problem}\n`);
  if (signal.aborted) {
    process.stderr.write('error: interrupted. What each region runs is said above.\n');
    return interrupted;
  }
  return codes[outcomeOf(shipment)];
}

const codes = { shipped: exitCodes.done, failed: exitCodes.gateFailed, unseen: exitCodes.couldNotAssess } as const;

/** The app as its sources are now. The bundler is loaded only here: bad input need not wait for it. */
async function newPackage(app: Settings['app']) {
  if (app?.package !== undefined) return (await import('../../synthesis/packages')).readPackage(app.package);
  const { buildAppPackage } = await import('../../synthesis/appPackage');
  return buildAppPackage();
}

async function oneVariant(words: readonly string[], environment: string | undefined): Promise<Chosen> {
  const read = await settingsFor(words, environment);
  const settingsOf = (name: string | undefined) => checkedSettings(name, read);
  const asked = words.length > 0 ? ask(words, variants, (name) => settingsOf(name).regions.length, environment) : [];
  const [only, ...more] = asked;
  if (only && more.length === 0) return { label: only.label, app: settingsOf(only.environment).app };
  throw refuseVariant(
    words.join(' ') || undefined,
    'One deployment is shipped at a time, as in npm run ship zone-redundant.',
  );
}

function secondsOf(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) <= longestWait) return Number(text);
  throw refuse('--wait', `a whole number of seconds from 0 to ${longestWait}`, text, 'Leave it out for 600.');
}
