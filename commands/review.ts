import fs from 'node:fs';
import { Option } from 'commander';
import { InputError, refuse } from '../inputError';
import { defaultPriceFile, readPrices } from '../review/cost/prices';
import { drawingOf } from '../review/diagram/drawing';
import { textDiagram } from '../review/diagram/text';
import { gate, readEarlier } from '../review/gate';
import { renderMarkdown } from '../review/report/markdown';
import { renderReview } from '../review/report/terminal';
import { review } from '../review/review';
import { rules } from '../review/rules';
import { type Pillar, pillars } from '../review/rules/rule';
import { defaultSuppressions, readSuppressions } from '../review/suppression';
import { architectures } from './architectures';
import { exitCodes, exitWith } from './exit';
import { argvOf, print, program, useColour } from './program';

interface Options {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly html?: string;
  readonly drill?: string;
  readonly diagrams?: boolean;
  readonly gate?: boolean;
  readonly against?: string;
  readonly maxIncrease?: number;
  readonly pillar?: Pillar[];
  readonly suppressions: string;
  readonly prices: string;
}

const command = program(
  'review',
  'Compare variants: entry, instances, zones, affinity, sessions, where state lives, uptime, cost, and what the rules find.',
)
  .argument(
    '[variant...]',
    'variants with their overrides, or paths of Terraform: a cdk.tf.json, or the JSON of a plan',
  )
  .option('--json', 'print the result as JSON')
  .addOption(new Option('--markdown', "print it for a pull request's comment").conflicts('json'))
  .option('--html <file>', 'write one self-contained page, with diagrams and every difference')
  .option('--drill <file>', 'what npm run drill -- --json printed, for the page')
  .option('--diagrams', 'draw each variant as text, too')
  .option('--gate', 'exit 1 on an error that the rules find, 3 when a rule cannot tell')
  .option('--against <file>', 'an earlier --json result: the gate then fails on new errors only')
  .option('--max-increase <amount>', 'largest rise of the monthly cost that the gate lets pass, with --against', amount)
  .addOption(
    new Option('--pillar <pillar...>', 'only rules of these pillars of the Well-Architected Framework').choices(
      pillars,
    ),
  )
  .addOption(
    new Option('--suppressions <file>', 'findings that are accepted, with their reason').default(
      defaultSuppressions,
      'review/suppressions.json',
    ),
  )
  .addOption(
    new Option('--prices <file>', 'list prices; npm run prices refreshes them').default(
      defaultPriceFile,
      'review/cost/retail-prices.json',
    ),
  )
  .addHelpText('after', () => `\nRules: ${rules.map(({ id }) => id).join(', ')}`)
  .action((words: string[], options: Options) =>
    exitWith(async () => {
      if (options.maxIncrease !== undefined && options.against === undefined)
        throw new InputError('--max-increase needs --against: a rise is one over an earlier result.');
      if (options.drill !== undefined && options.html === undefined)
        throw new InputError('--drill needs --html: the results of a drill are part of the page.');
      const against = options.against === undefined ? undefined : readEarlier(options.against);
      const prices = readPrices(options.prices);
      const suppressions = readSuppressions(options.suppressions);
      const deployments = await architectures(words);
      const result = review(deployments, { prices, suppressions, pillars: options.pillar });
      await print(
        options.json
          ? `${JSON.stringify(result, null, 2)}\n`
          : options.markdown
            ? renderMarkdown(result)
            : renderReview(result, { colour: useColour(process.stdout) }) +
              (options.diagrams ? deployments.map((one) => `\n${textDiagram(drawingOf(one))}`).join('') : ''),
      );
      if (options.html !== undefined)
        await writeHtml(options.html, { deployments, result, prices, drill: options.drill });
      if (!options.gate) return exitCodes.done;
      const { verdict, because } = gate(result, { against, maxIncrease: options.maxIncrease });
      for (const reason of because) process.stderr.write(`${verdict}: ${reason}\n`);
      return { passed: exitCodes.done, failed: exitCodes.gateFailed, 'could not assess': exitCodes.couldNotAssess }[
        verdict
      ];
    }),
  );
command.parseAsync(argvOf(process.argv));

function amount(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  process.stderr.write(
    `error: ${refuse('--max-increase', 'an amount, 0 or more', text, 'Write it as in --max-increase 50.').message}\n`,
  );
  return process.exit(exitCodes.badInput);
}

/** Loaded only here: the layout of the diagrams takes longer than the rest of a review. */
async function writeHtml(
  file: string,
  {
    deployments,
    result,
    prices,
    drill,
  }: Omit<Parameters<typeof import('../review/report/html/page').renderPage>[0], 'drill'> & {
    drill: string | undefined;
  },
): Promise<void> {
  const { renderPage } = await import('../review/report/html/page');
  const { readDrill } = await import('../review/report/html/drill');
  const page = await renderPage({ deployments, result, prices, drill: drill === undefined ? null : readDrill(drill) });
  try {
    fs.writeFileSync(file, page);
  } catch (error) {
    throw new InputError(
      `${file} cannot be written: ${(error as NodeJS.ErrnoException).code}. Give another path with --html.`,
    );
  }
  process.stderr.write(`Wrote ${file}\n`);
}
