import { createHash } from 'node:crypto';
import { refuse } from '../inputError';

/**
 * Names by the Cloud Adoption Framework's abbreviations, checked against Azure's limits at synth, where the message can
 * still say which setting to change.
 *
 * `global`: unique across Azure, so with a suffix. `compact`: letters and digits only. `placeless`: too short a limit
 * for the region's name, which goes into the suffix instead.
 *
 * @see https://learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/resource-abbreviations
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
interface Kind {
  readonly prefix: string;
  readonly longest: number;
  readonly global?: true;
  readonly compact?: true;
  readonly placeless?: true;
}

const kinds = {
  resourceGroup: { prefix: 'rg', longest: 90 },
  virtualNetwork: { prefix: 'vnet', longest: 64 },
  networkSecurityGroup: { prefix: 'nsg', longest: 80 },
  appServicePlan: { prefix: 'asp', longest: 60 },
  webApp: { prefix: 'app', longest: 60, global: true },
  managedIdentity: { prefix: 'id', longest: 128 },
  privateEndpoint: { prefix: 'pep', longest: 64 },
  publicIp: { prefix: 'pip', longest: 80 },
  // A label of DNS.
  publicIpLabel: { prefix: 'agw', longest: 63, global: true },
  applicationGateway: { prefix: 'agw', longest: 80 },
  firewallPolicy: { prefix: 'waf', longest: 80 },
  keyVault: { prefix: 'kv', longest: 24, global: true, placeless: true },
  storageAccount: { prefix: 'st', longest: 24, global: true, placeless: true, compact: true },
  // `^(?=.{1,60}$)[A-Za-z0-9]+(-[A-Za-z0-9]+)*$` in the service's REST specification.
  managedRedis: { prefix: 'amr', longest: 60, global: true },
  logAnalyticsWorkspace: { prefix: 'log', longest: 63 },
  applicationInsights: { prefix: 'appi', longest: 255 },
  actionGroup: { prefix: 'ag', longest: 260 },
  budget: { prefix: 'budget', longest: 63 },
  autoscaleSetting: { prefix: 'autoscale', longest: 260 },
  availabilityTest: { prefix: 'webtest', longest: 64 },
  frontDoorProfile: { prefix: 'afd', longest: 90 },
  frontDoorEndpoint: { prefix: 'fde', longest: 46, global: true },
  // Letters and digits only, unlike the gateway's.
  frontDoorFirewallPolicy: { prefix: 'fdfp', longest: 128, compact: true },
} as const satisfies Record<string, Kind>;

export type NamedKind = keyof typeof kinds;

export interface NameParts {
  readonly workload: string;
  readonly environment: string;
  readonly generation: number;
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
export function namer({ workload, environment, generation, variant }: NameParts): Namer {
  const suffix = (parts: readonly string[]) =>
    createHash('sha256')
      .update([workload, environment, variant, generation, ...parts].join('/'))
      .digest('hex')
      .slice(0, 5);
  return (kind, ...parts) => {
    const { prefix, longest, global, compact, placeless }: Kind = kinds[kind];
    const words = [
      prefix,
      workload,
      environment,
      ...(placeless ? [] : parts),
      ...(global ? [suffix(placeless ? parts : [])] : []),
    ];
    const name = compact ? words.join('').replaceAll('-', '') : words.join('-');
    if (name.length > longest)
      throw refuse(
        `name of the ${kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
        `at most ${longest} characters`,
        name,
        "Shorten `workload` or `environment` in settings.ts, or the variant's name in main.ts.",
      );
    return name;
  };
}
