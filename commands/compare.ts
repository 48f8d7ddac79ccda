import { InputError } from '../inputError';
import { difference } from '../review/diff';
import { renderDifference } from '../review/report/difference';
import { architectures } from './architectures';
import { exitCodes, exitWith } from './exit';
import { argvOf, print, program, useColour } from './program';

const command = program('compare', 'Say what changes from one variant to another.')
  .argument(
    '[variant...]',
    'two variants with their overrides, or two paths of Terraform: a cdk.tf.json, or the JSON of a plan',
  )
  .option('--json', 'print the difference as JSON')
  .action((words: string[], { json }: { json?: boolean }) =>
    exitWith(async () => {
      const [from, to, ...more] = words.length > 0 ? await architectures(words) : [];
      if (!from || !to || more.length > 0)
        throw new InputError(
          `compare takes two different variants, got: ${words.join(' ') || 'none'}. Try npm run compare single-zone zone-redundant.`,
        );
      const changes = difference(from, to);
      await print(
        json
          ? `${JSON.stringify(changes, null, 2)}\n`
          : renderDifference(changes, { colour: useColour(process.stdout) }),
      );
      return exitCodes.done;
    }),
  );
command.parseAsync(argvOf(process.argv));
