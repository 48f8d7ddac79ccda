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
  routeTable: { prefix: 'rt', longest: 80 },
  // A hub has one for each network that is connected to it, of whichever variant.
  virtualNetworkPeering: { prefix: 'peer', longest: 80, global: true },
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
  // No abbreviation and no limit is documented.
  chaosExperiment: { prefix: 'chaos', longest: 80 },
  autoscaleSetting: { prefix: 'autoscale', longest: 260 },
  availabilityTest: { prefix: 'webtest', longest: 64 },
  frontDoorProfile: { prefix: 'afd', longest: 90 },
  frontDoorEndpoint: { prefix: 'fde', longest: 46, global: true },
  // Letters and digits only, unlike the gateway's.
  frontDoorFirewallPolicy: { prefix: 'fdfp', longest: 128, compact: true },
} as const satisfies Record<string, Kind>;

export type NamedKind = keyof typeof kinds;

/** Every kind whose names can be overridden. */
export const namedKinds = Object.keys(kinds) as [NamedKind, ...NamedKind[]];

/**
 * What Azure and azurerm take in a name. The first rule that knows the kind counts.
 *
 * @see https://github.com/hashicorp/terraform-provider-azurerm/tree/v4.79.0/internal/services, the functions in `validate/`
 */
const shapes: readonly { readonly of: readonly NamedKind[]; readonly shape: RegExp; readonly rule: string }[] = [
  { of: ['storageAccount'], shape: /^[a-z0-9]{3,}$/, rule: 'at least 3 lower-case letters and digits' },
  { of: ['frontDoorFirewallPolicy'], shape: /^[A-Za-z][A-Za-z0-9]*$/, rule: 'letters and digits, a letter first' },
  {
    of: ['keyVault'],
    shape: /^(?=.{3,}$)[A-Za-z]([A-Za-z0-9]|-(?=[A-Za-z0-9]))*$/,
    rule: 'at least 3 letters, digits and single hyphens, a letter first',
  },
  {
    of: ['webApp', 'managedRedis', 'frontDoorEndpoint', 'frontDoorProfile'],
    shape: /^(?=.{2,}$)[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/,
    rule: 'at least 2 letters, digits and single hyphens, with a letter or digit at either end',
  },
  {
    of: ['publicIpLabel'],
    shape: /^(?=.{3,}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    rule: 'at least 3 lower-case letters, digits and single hyphens, a letter first',
  },
  {
    of: ['logAnalyticsWorkspace'],
    shape: /^(?=.{4,}$)[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]$/,
    rule: 'at least 4 letters, digits and hyphens, with a letter or digit at either end',
  },
  {
    of: ['appServicePlan', 'managedIdentity', 'budget'],
    shape: /^(?=.{3,}$)[A-Za-z0-9][\w-]*$/,
    rule: 'at least 3 letters, digits, hyphens and underscores, with a letter or digit first',
  },
  {
    of: namedKinds,
    shape: /^[A-Za-z0-9]([\w.-]*\w)?$/,
    rule: 'letters, digits, hyphens, underscores and periods, with a letter or digit first',
  },
];

/** What a template of `settings.names` may hold. */
export const nameTemplate = /^([A-Za-z0-9._-]|\{(workload|environment|part|suffix)\})+$/;

export interface NameParts {
  readonly workload: string;
  readonly environment: string;
  readonly generation: number;
  /** Name of the variant in `main.ts`, without overrides: a toggled variant is the same deployment, changed. */
  readonly variant: string;
  /** Salt of suffixes; left out or `none`: none. */
  readonly organization?: string | undefined;
  /** Templates that take the place of the names made here. */
  readonly names?: Readonly<Partial<Record<NamedKind, string | undefined>>> | undefined;
}

/** What is left of a workload at least. */
const least = 2;

export type Namer = (kind: NamedKind, ...parts: readonly string[]) => string;

/**
 * Makes a variant's names: prefix, workload, environment, the parts given, and for names that must be unique across
 * Azure a suffix of five hexadecimal digits derived from the same words, so that synth stays a pure function.
 *
 * Where a name would pass Azure's limit, the workload is cut until it fits. A name that has no suffix gets one then, so that
 * two workloads that begin alike keep names of their own.
 *
 * @throws InputError from the namer, when a name cannot be made to fit, and when an overridden one is not what Azure takes
 *   or names two things
 */
export function namer({ workload, environment, generation, variant, organization, names }: NameParts): Namer {
  const salt = organization === undefined || organization === 'none' ? [] : [`organization ${organization}`];
  const suffix = (parts: readonly string[]) =>
    createHash('sha256')
      .update([workload, environment, variant, generation, ...parts, ...salt].join('/'))
      .digest('hex')
      .slice(0, 5);
  const given = new Map<string, string>();

  const made = (kind: NamedKind, parts: readonly string[]): string => {
    const { prefix, longest, global, compact, placeless }: Kind = kinds[kind];
    const named = (shown: string, end: readonly string[]) => {
      const words = [prefix, shown, environment, ...(placeless ? [] : parts), ...end];
      return compact ? words.join('').replaceAll('-', '') : words.join('-');
    };
    const unique = global ? [suffix(placeless ? parts : [])] : [];
    const whole = named(workload, unique);
    if (whole.length <= longest) return whole;
    const end = global ? unique : [suffix(parts)];
    const room = longest - named('', end).length;
    if (room >= least) return named(workload.slice(0, room), end);
    throw refuse(
      describe(kind),
      `at most ${longest} characters`,
      whole,
      "Shorten `environment` in settings.ts, or the variant's name in main.ts, or name it in `names` of settings.ts.",
    );
  };

  const overridden = (kind: NamedKind, template: string, parts: readonly string[]): string => {
    const { longest, global, compact }: Kind = kinds[kind];
    const part = parts.join('-');
    const words: Readonly<Record<string, string>> = {
      workload,
      environment,
      part: compact ? part.replaceAll('-', '') : part,
      suffix: suffix(global ? parts : ['', ...parts]),
    };
    const filled = (shown: string) =>
      template.replace(/\{(\w+)\}/g, (_, word: string) => (word === 'workload' ? shown : (words[word] ?? '')));
    // As in a name that is made here: a workload that is too long is cut where a suffix keeps apart two that begin alike.
    const times = template.split('{workload}').length - 1;
    const over = Math.ceil((filled(workload).length - longest) / Math.max(1, times));
    const cut = over > 0 && times > 0 && template.includes('{suffix}') ? workload.length - over : workload.length;
    const name = filled(workload.slice(0, Math.max(least, cut)));
    const setting = `names.${kind}`;
    if (name.length > longest)
      throw refuse(setting, `a name of at most ${longest} characters`, name, 'Shorten it in settings.ts.');
    const { shape, rule } = shapes.find(({ of }) => of.includes(kind)) as (typeof shapes)[number];
    if (!shape.test(name)) throw refuse(setting, rule, name, 'Change it in settings.ts.');
    const id = `${kind} ${name.toLowerCase()}`;
    const other = given.get(id);
    if (other !== undefined && other !== part)
      throw refuse(
        setting,
        'a name for each of several, with {part} or {suffix} in it',
        template,
        `It would name ${other} and ${part} alike: change it in settings.ts.`,
      );
    given.set(id, part);
    return name;
  };

  return (kind, ...parts) => {
    const template = names?.[kind];
    return template === undefined ? made(kind, parts) : overridden(kind, template, parts);
  };
}

const describe = (kind: NamedKind) => `name of the ${kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`;
