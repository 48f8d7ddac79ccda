import { exitWith } from './exit';
import { withPlainWords } from './plainWords';
import { argvOf, helpText, program, start } from './program';
import type { ShipOptions } from './work/ship';

export const command = program('ship', 'Deploy the app to a variant that is applied, one region after the other.')
  .argument('[variant...]', 'the variant, with the overrides that it was applied with')
  .option('--region <location>', 'this region only')
  .option('--slot <name>', 'a deployment slot, such as staging, instead of the app')
  .option('--to <hash>', 'a package that storage keeps, such as the one before, instead of the app as it is here')
  .option(
    '--wait <seconds>',
    'how long to wait in each region until /healthz reports the package; 0 does not ask',
    '600',
  )
  .option('--open-storage', "open the package storage's firewall while Azure fetches the package, then close it")
  .option('--outputs <file>', 'read what `terraform output -json` printed, instead of asking Terraform')
  .option('--out <folder>', 'folder that synth wrote to', 'cdktf.out')
  .addHelpText('after', () =>
    helpText([
      '',
      "Needs the Azure CLI, signed in, and package: 'onedeploy' in settings.ts. Options go behind --, as in `npm run ship zone-redundant -- --slot staging`; the words region=NAME, slot=NAME, environment=NAME, to=HASH, wait=N, outputs=FILE and open-storage do the same in every shell.",
      '',
      'Here 1 means that a region does not run the package, 3 that one was deployed and could not be seen to run it.',
    ]),
  )
  .action((words: string[], options: ShipOptions) =>
    exitWith(async () => (await import('./work/ship')).shipWords(words, options)),
  );

export const run = () =>
  start(
    command,
    withPlainWords(argvOf(process.argv), {
      flags: ['open-storage'],
      options: ['region', 'slot', 'to', 'wait', 'outputs', 'out', 'environment'],
    }),
  );

if (require.main === module) void run();
