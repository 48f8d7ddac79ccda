import { InputError } from '../inputError';
import { difference } from '../review/diff';
import { differenceFormats } from '../review/report/formats';
import { architectures } from './architectures';
import { checkDocument, type DocumentOptions, publish, withDocument } from './document';
import type { EnvironmentOption } from './environments';
import { exitCodes, exitWith } from './exit';
import { program, start } from './program';

const command = withDocument(
  program('compare', 'Say what changes from one variant to another.').argument(
    '[variant...]',
    'two variants with their overrides, or two paths of Terraform: a cdk.tf.json, or the JSON of a plan',
  ),
  differenceFormats,
).action((words: string[], options: DocumentOptions & EnvironmentOption) =>
  exitWith(async () => {
    checkDocument(options);
    const [from, to, ...more] = words.length > 0 ? await architectures(words, [], options.environment) : [];
    if (!from || !to || more.length > 0)
      throw new InputError(
        `compare takes two different variants, got: ${words.join(' ') || 'none'}. Try npm run compare single-zone zone-redundant.`,
      );
    await publish(difference(from, to), differenceFormats, options, words);
    return exitCodes.done;
  }),
);
start(command);
