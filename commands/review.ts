import { renderReview } from '../review/report/terminal';
import { review } from '../review/review';
import { architectures } from './architectures';
import { exitCodes, exitWith } from './exit';
import { argvOf, print, program, useColour } from './program';

const command = program(
  'review',
  'Compare variants: entry, instances, zones, affinity, sessions, resources, and what the rules find.',
)
  .argument('[variant...]', 'variants with their overrides, or paths of Terraform in JSON syntax (cdk.tf.json)')
  .option('--json', 'print the result as JSON')
  .option('--gate', 'exit 1 on an error that the rules find, 3 when a rule cannot tell')
  .action((words: string[], { json, gate }: { json?: boolean; gate?: boolean }) =>
    exitWith(async () => {
      const result = review(architectures(words));
      await print(
        json ? `${JSON.stringify(result, null, 2)}\n` : renderReview(result, { colour: useColour(process.stdout) }),
      );
      const { gateFailed, couldNotAssess, done } = exitCodes;
      if (!gate) return done;
      const found = result.variants.some(({ findings }) =>
        findings.some(({ severity, suppressed }) => severity === 'error' && !suppressed),
      );
      const unsettled = result.variants.some(({ cannotTell }) => cannotTell.length > 0);
      return found ? gateFailed : unsettled ? couldNotAssess : done;
    }),
  );
command.parseAsync(argvOf(process.argv));
