import { createHash } from 'node:crypto';
import { InputError } from '../inputError';

/**
 * Names by the Cloud Adoption Framework's abbreviations, checked against Azure's limits at synth, where the message can
 * still say which setting to change.
 *
 * @see https://learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/resource-abbreviations
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
const kinds = {
  resourceGroup: { prefix: 'rg', longest: 90, global: false },
  virtualNetwork: { prefix: 'vnet', longest: 64, global: false },
  appServicePlan: { prefix: 'asp', longest: 60, global: false },
  webApp: { prefix: 'app', longest: 60, global: true },
  managedIdentity: { prefix: 'id', longest: 128, global: false },
  privateEndpoint: { prefix: 'pep', longest: 64, global: false },
  publicIp: { prefix: 'pip', longest: 80, global: true },
  applicationGateway: { prefix: 'agw', longest: 80, global: false },
  firewallPolicy: { prefix: 'waf', longest: 80, global: false },
  // `^(?=.{1,60}$)[A-Za-z0-9]+(-[A-Za-z0-9]+)*$` in the service's REST specification.
  managedRedis: { prefix: 'amr', longest: 60, global: true },
  frontDoorProfile: { prefix: 'afd', longest: 90, global: false },
  frontDoorEndpoint: { prefix: 'fde', longest: 46, global: true },
} as const;

export type NamedKind = keyof typeof kinds;

export interface NameParts {
  readonly workload: string;
  readonly environment: string;
  /** Name of the variant in `main.ts`, without overrides: a toggled variant is the same deployment, changed. */
  readonly variant: string;
}

export type Namer = (kind: NamedKind, ...parts: readonly string[]) => string;

/**
 * Makes a variant's names: prefix, workload, environment, the parts given, and for names that must be unique across
 * Azure a suffix of five hexadecimal digits derived from the same words, so that synth stays a pure function.
 *
 * @throws InputError from the namer, when a name passes Azure's limit for its kind
 */
export function namer({ workload, environment, variant }: NameParts): Namer {
  const suffix = createHash('sha256').update(`${workload}/${environment}/${variant}`).digest('hex').slice(0, 5);
  return (kind, ...parts) => {
    const { prefix, longest, global } = kinds[kind];
    const name = [prefix, workload, environment, ...parts, ...(global ? [suffix] : [])].join('-');
    if (name.length > longest)
      throw new InputError(
        `The name of a ${kind} must be at most ${longest} characters, got: "${name}" (${name.length}). Shorten \`workload\` or \`environment\` in settings.ts, or the variant's name in main.ts.`,
      );
    return name;
  };
}
