import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { refuse } from '../../inputError';
import { decoded } from '../../textFile';
import type { Json } from './blocks';

/**
 * Reads the Terraform that was applied last.
 *
 * @param given path of a `cdk.tf.json`, or of the folder that holds one
 * @throws InputError where there is none
 */
export function readApplied(given: string): Json {
  const fail = (got: string) =>
    refuse(
      '--applied',
      'the cdk.tf.json that was applied last, or its folder',
      given,
      `${got} Keep a copy of the folder before you change settings, or synthesize the earlier commit elsewhere.`,
    );
  let text: string;
  try {
    const file = fs.statSync(given).isDirectory() ? path.join(given, 'cdk.tf.json') : given;
    text = decoded(fs.readFileSync(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw fail(code === 'ENOENT' ? 'There is no such file.' : `It cannot be read: ${code}.`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw fail('It is not JSON.');
  }
  if (typeof json === 'object' && json !== null && 'resource' in json && 'terraform' in json) return json as Json;
  throw fail('It holds no Terraform of a synth.');
}

/**
 * @throws InputError where the two keep their state in different places, and so are two deployments, and where they are for
 *   two major versions of the provider, whose arguments have other names
 */
export function checkSameDeployment(applied: Json, next: Json, given: string): void {
  const [before, now] = [settingsOf(applied), settingsOf(next)];
  if (!isDeepStrictEqual(before.backend, now.backend))
    throw refuse(
      '--applied',
      'Terraform of the same variant, environment and state',
      given,
      `Its state is ${JSON.stringify(before.backend)}, and that of the synth ${JSON.stringify(now.backend)}.`,
    );
  const [from, to] = [before, now].map((one) => one.required_providers?.azurerm?.version ?? 'any');
  if (majorOf(from) !== majorOf(to))
    throw refuse(
      '--applied',
      `Terraform for azurerm ${to}`,
      given,
      `It is for azurerm ${from}, and one plan has one provider: change azurermMajor in an apply of the whole.`,
    );
}

interface TerraformBlock {
  readonly backend?: unknown;
  readonly required_providers?: { readonly azurerm?: { readonly version?: string } };
}

const settingsOf = ({ terraform }: Json) => (terraform ?? {}) as TerraformBlock;

const majorOf = (version = ''): string | undefined => /\d+/.exec(version)?.[0];
