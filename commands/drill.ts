import { drill } from '../drill/drill';
import { type FaultName, faultNames, faults, isFaultName } from '../drill/faults';
import { renderDrill } from '../drill/report/terminal';
import { type DrillResult, isCompleted } from '../drill/result';
import { InputError, refuse } from '../inputError';
import { variants } from '../main';
import { architectures } from './architectures';
import { exitCodes, exitWith } from './exit';
import { argvOf, print, program, useColour } from './program';

/** What a shell expects of a process that Ctrl-C ended. */
const interrupted = 130;

/** SIGHUP: the terminal was closed. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Options {
  readonly json?: boolean;
  readonly seed: number;
}

const command = program('drill', 'Rehearse failures: start what each variant declares, break it, and count the carts.')
  .argument('[word...]', 'variants with their overrides, and faults; every one by default')
  .option('--seed <number>', 'repeats a drill: the same shoppers do the same things', seedOf, 1)
  .option('--json', 'print the result as JSON')
  .addHelpText(
    'after',
    () => `
Faults:
${faultNames.map((name) => `  ${name.padEnd(20)}${faults[name].description}`).join('\n')}

Here 1 says that a run went otherwise than the facts predict, 3 that no run could be drilled.`,
  )
  .action((words: string[], { json, seed }: Options) =>
    exitWith(async () => {
      const result = await drillUntilInterrupted(words, seed);
      if (typeof result === 'number') return result;
      await print(
        json
          ? `${JSON.stringify(result, null, 2)}\n`
          : `${renderDrill(result, { colour: useColour(process.stdout) })}\n`,
      );
      const completed = result.runs.filter(isCompleted);
      if (completed.some(({ met }) => !met)) return exitCodes.gateFailed;
      return completed.length === 0 ? exitCodes.couldNotAssess : exitCodes.done;
    }),
  );

async function drillUntilInterrupted(words: readonly string[], seed: number): Promise<DrillResult | number> {
  const asked = words.filter(isFaultName);
  const wanted = architectures(words.filter((word) => !isFaultName(word)).map(known));
  const abort = new AbortController();
  const stop = () => abort.abort();
  for (const name of endings) process.once(name, stop);
  try {
    const chosen: readonly FaultName[] = asked.length > 0 ? [...new Set(asked)] : faultNames;
    return await drill(wanted, {
      faults: chosen,
      seed,
      signal: abort.signal,
      ...(process.stderr.isTTY && { onProgress }),
    });
  } catch (error) {
    if (error instanceof InputError) throw error;
    const told = abort.signal.aborted ? 'interrupted' : `the drill could not assess: ${(error as Error).message}`;
    process.stderr.write(`error: ${told}. Every process that it had started has ended.\n`);
    return abort.signal.aborted ? interrupted : exitCodes.couldNotAssess;
  } finally {
    for (const name of endings) process.off(name, stop);
  }
}

/** A word that is neither is told with both lists; what else may be wrong with a variant is told by the synth. */
function known(word: string): string {
  const [name = ''] = word.split(',');
  if (name.includes('=') || name.endsWith('.json') || Object.hasOwn(variants, name)) return word;
  throw refuse(
    'word',
    `a variant (${Object.keys(variants).join(', ')}) or a fault (${faultNames.join(', ')})`,
    name,
    'Run `npm run drill help` for what each does.',
  );
}

function seedOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    process.stderr.write(
      `error: ${refuse('--seed', 'a whole number from 0 to 999999999', text, 'Leave it out for 1.').message}\n`,
    );
    process.exit(exitCodes.badInput);
  }
  return Number(text);
}

const onProgress = (line: string) => process.stderr.write(`${line}\n`);

command.parseAsync(argvOf(process.argv));
