/** `npm run drill -- --check-oracle`: reads each deployment twice, and says where the readings differ. Nothing is started. */

import { isFaultName } from '../drill/faults';
import { checkOracle, type OracleCheck } from '../drill/oracle/differences';
import { renderOracle } from '../drill/oracle/report';
import { InputError } from '../inputError';
import type { Formats } from '../report/format';
import { printableJson } from '../report/printable';
import { checkDocument, type DocumentOptions, publish } from './document';
import { drilledDeployments, type Stated } from './drillDeployments';
import { exitCodes } from './exit';

const formats: Formats<readonly OracleCheck[]> = {
  text: renderOracle,
  json: (checks) => printableJson(checks),
};

/** @returns the exit code: 1 where readings differ, 3 where nothing could be compared */
export async function checkOracles(
  words: readonly string[],
  stated: Stated,
  options: DocumentOptions,
): Promise<number> {
  const faults = words.filter(isFaultName);
  if (faults.length > 0)
    throw new InputError(
      `--check-oracle breaks nothing, so it takes no fault, got: ${faults.join(', ')}. Leave it out, or leave --check-oracle out.`,
    );
  if (options.html !== undefined)
    throw new InputError('--check-oracle writes no page. Leave --html out, or use --json.');
  checkDocument(options);
  const { deployments } = await drilledDeployments(words, stated);
  const checks = deployments.map(checkOracle);
  await publish(checks, formats, options, []);
  if (checks.some(({ differences }) => differences.length > 0)) return exitCodes.gateFailed;
  return checks.some(({ compared }) => compared > 0) ? exitCodes.done : exitCodes.couldNotAssess;
}
