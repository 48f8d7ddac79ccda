import { InputError, refuse } from '../../inputError';
import { variants } from '../../main';
import { printableLines } from '../../report/printable';
import { sessionStore } from '../../sessions/stores';
import { drilledDeployments } from '../drillDeployments';
import type { EnvironmentOption } from '../environments';
import { endings, exitCodes, interrupted } from '../exit';

const mostSides = 2;

export interface LabOptions extends EnvironmentOption {
  readonly port: number;
  readonly seed: number;
  readonly shoppers: number;
  readonly speed: number;
  readonly minutes: number;
  readonly open?: boolean;
}

/**
 * Starts the lab, and waits for its end.
 *
 * @param words variants or paths of Terraform, one or two
 * @returns exit code
 * @throws InputError before anything is started
 */
export async function play(words: readonly string[], options: LabOptions): Promise<number> {
  const { environment } = options;
  const stated = { assumptions: new Map(), variableFiles: [], environment };
  const read = async (given: readonly string[]) => (await drilledDeployments(given, stated)).deployments;
  const deployments = await read(words);
  if (deployments.length > mostSides)
    throw refuse(
      'word',
      'one or two variants',
      deployments.map(({ name }) => name).join(' '),
      'Start the lab with two of them.',
    );
  const { defaultShoppers, startLab } = await import('../../lab/lab');
  const { openerOf, openPage } = await import('../../lab/openPage');
  const { defaultLimits } = await import('../../lab/server/idle');
  const abort = new AbortController();
  const stop = () => abort.abort();
  for (const name of endings) process.once(name, stop);
  say(`Starting ${deployments.map(({ name }) => name).join(' and ')}…`);
  try {
    const lab = await startLab({
      ...{ port: options.port, seed: options.seed, timeScale: options.speed },
      shoppers: options.shoppers ?? defaultShoppers,
      deployments: deployments.map((deployment) => [deployment.name, deployment] as const),
      deploymentOf: async (word) => {
        const [deployment] = await read([word]);
        if (!deployment) throw new InputError(`${word} names no variant.`);
        return deployment;
      },
      withoutRedis: withoutRedis(),
      signal: abort.signal,
      limits: { ...defaultLimits, mostMs: options.minutes * 60_000 },
    });
    process.stdout.write(`${lab.address}\n`);
    const opened = options.open === true && (await openPage(openerOf(lab.address)));
    if (options.open && !opened) say('No browser could be opened from here.');
    say(`${opened ? '' : 'Open this address in a browser. '}Ctrl-C ends the lab with every process of it.`);
    const reason = await lab.ended;
    say(`The lab has ended. ${reason} Every process that it had started has ended.`);
    return abort.signal.aborted ? interrupted : exitCodes.done;
  } catch (error) {
    if (error instanceof InputError) throw error;
    const what = abort.signal.aborted ? 'interrupted' : `the lab could not start: ${(error as Error).message}`;
    say(`error: ${what}. Every process that it had started has ended.`);
    return abort.signal.aborted ? interrupted : exitCodes.couldNotAssess;
  } finally {
    for (const name of endings) process.off(name, stop);
  }
}

const say = (text: string): void => void process.stderr.write(`${printableLines(text)}\n`);

const withoutRedis = (): readonly string[] =>
  Object.entries(variants).flatMap(([name, { sessions }]) => (sessionStore(sessions).keptIn === 'redis' ? [] : [name]));
