import { z } from 'zod';
import { addressRange, smallestSubnet } from '../addressSpace';
import { namedKinds, nameTemplate } from '../naming';
import { appSchema, stagingSchema } from './appSchema';
import { chaosSchema } from './chaosSchema';
import { existingSchema } from './existingSchema';
import { literal } from './literal';
import { publicRange } from './publicRange';
import { resourceId, userAssignedIdentityId } from './resourceId';
import { wafSchema } from './wafSchema';

/** A string that a function checks. The function returns what the string must be, or undefined if it is right. */
const judged = (problemOf: (text: string) => string | undefined) =>
  z.string().superRefine((text, context) => {
    const message = problemOf(text);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

/**
 * Plan sizes that can be zone redundant.
 *
 * @see https://learn.microsoft.com/azure/reliability/reliability-app-service
 */
const planSku = z.string().regex(/^(P[0-3]v[34]|P[1-5]mv[34])$/, {
  error: 'a Premium v3 or v4 size, for instance P0v3, P1v3, P1v4 or P1mv3, which can be zone redundant',
});

/** Sizes of Azure Managed Redis. @see https://learn.microsoft.com/azure/redis/architecture */
const redisSku = z
  .string()
  .regex(
    /^(Balanced_B(0|1|3|5|10|20|50|100|150|250|350|500|700|1000)|MemoryOptimized_M(10|20|50|100|150|250|350|500|700|1000|1500|2000)|ComputeOptimized_X(3|5|10|20|50|100|150|250|350|500|700))$/,
    {
      error:
        'an Azure Managed Redis size, for instance Balanced_B0, Balanced_B3, MemoryOptimized_M10 or ComputeOptimized_X3',
    },
  );

const region = z.strictObject({
  /** Azure's name of the region, lower case without spaces, as in `az account list-locations`. */
  location: z.string().regex(/^[a-z]+[0-9]?$/, {
    error: 'an Azure region name in lower case without spaces, for instance swedencentral',
  }),
  /**
   * Private IPv4 range of the region's virtual network, /8 to /22. Regions must not overlap. Of an existing network: a range that holds
   * the subnets named in `existing.networks`, which may be smaller.
   */
  addressSpace: judged((text) =>
    typeof addressRange(text, smallestSubnet) === 'string' ? String(addressRange(text)) : undefined,
  ),
  /** Overrules the list of `zones.ts`, which is dated. Left out: the list decides. */
  hasAvailabilityZones: z.boolean().optional(),
  /** Region of Front Door's end of a Private Link, the nearest that offers it. Left out: the region itself. */
  privateLinkLocation: z
    .string()
    .regex(/^[a-z]+[0-9]?$/, {
      error: 'an Azure region name in lower case without spaces, for instance swedencentral',
    })
    .optional(),
});

const domain = z.union(
  [
    z.literal('none'),
    z.strictObject({
      /** What users type. A name below example.com is a placeholder, with which Terraform refuses to plan. */
      host: z
        .string()
        .max(253, { error: 'at most 253 characters' })
        .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/, {
          error: 'a fully qualified host name in lower case, for instance shop.contoso.com',
        }),
      /** Azure DNS zone that holds the host, in whichever subscription: one apply then makes the records, too. */
      dnsZoneId: resourceId('an Azure DNS zone', 'Microsoft.Network', 'dnsZones', 'contoso.com').optional(),
      /** Without a zone: false binds nothing yet and prints the records to make as outputs; true once they are there. */
      dnsReady: z.boolean(),
    }),
  ],
  { error: "'none' or { host: 'a.fully.qualified.name', dnsReady: false } in lower case" },
);

const secretVersion = z.int().min(1, { error: 'a whole number from 1, raised to rotate' });

export const settingsSchema = z.strictObject({
  /**
   * A word that keeps names apart that are unique across Azure: part of what their suffix follows from. 2 to 32 lower-case
   * letters, digits and hyphens. Left out, Terraform refuses to plan. `'none'`: no such word, which keeps the names of a deployment
   * that was made before this setting. A change renames, and so replaces, vaults, apps and caches.
   */
  organization: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$/, {
      error: "2 to 32 lower-case letters, digits and hyphens, for instance contoso, or 'none'",
    })
    .optional(),
  /**
   * What the resources are for, as the first part of their names: 2 to 32 lower-case letters and digits. Where a name would pass
   * Azure's limit (24 characters for a vault), the workload is cut in it.
   */
  workload: z
    .string()
    .regex(/^[a-z][a-z0-9]{1,31}$/, { error: '2 to 32 lower-case letters and digits, a letter first' }),
  /** Second part of the names, as in `prod` or `test`: 2 to 8 lower-case letters and digits. */
  environment: z
    .string()
    .regex(/^[a-z][a-z0-9]{1,7}$/, { error: '2 to 8 lower-case letters and digits, a letter first' }),
  /** Part of the suffix of names. Raise it to deploy again while a destroyed vault's name is still held. 1 to 99. */
  generation: z
    .int()
    .min(1, { error: 'a whole number from 1 to 99' })
    .max(99, { error: 'a whole number from 1 to 99' }),
  /**
   * Names of a kind of resource, as a template: `{workload}`, `{environment}`, `{part}` (what it is for and its region, as
   * `app-swedencentral`) and `{suffix}` (five hexadecimal digits) stand for what the blueprint would use. Left out, or a kind left
   * out: prefix, workload, environment and part, as the Cloud Adoption Framework abbreviates. A change replaces what it renames.
   */
  names: z
    .partialRecord(
      z.enum(namedKinds, { error: `one of ${namedKinds.join(', ')}` }),
      z.string().regex(nameTemplate, {
        error: 'letters, digits, hyphens, periods, underscores, {workload}, {environment}, {part} and {suffix}',
      }),
    )
    .optional(),
  /** `trial` costs less and gives up what `size.ts` lists; it is for looking, not for users. */
  size: z.enum(['trial', 'production'], { error: "'trial' or 'production'" }),
  /** In order of preference: a variant of one region takes the first. */
  regions: z.array(region).min(1, { error: 'a list of at least one region' }),
  /**
   * The host name that users type, the same all the way to the app; or `'none'` for a trial on Azure's own names, in
   * which a gateway or Front Door overrides the host and affinity cannot work.
   *
   * @see https://learn.microsoft.com/azure/architecture/best-practices/host-name-preservation
   */
  domain,
  /**
   * The gateway's certificate: `'self-signed'` has Key Vault make one for a trial. Browsers warn about it, and Terraform
   * refuses to plan with it in production, unless `'self-signed-in-production'` says that it is intended. An existing one
   * is named by its versionless secret id, and by who reads it there: one of `keyVaultId` and `identityId`.
   */
  certificate: z.union(
    [
      z.enum(['self-signed', 'self-signed-in-production']),
      z.strictObject({
        keyVaultSecretId: z.string().regex(/^https:\/\/[a-z0-9-]+\.vault\.azure\.net\/secrets\/[A-Za-z0-9-]+$/, {
          error:
            'a secret id without a version, https://<vault>.vault.azure.net/secrets/<name>, so that renewals are found',
        }),
        /** The vault, in whichever subscription: the gateway's identity is made, and granted this secret there. */
        keyVaultId: resourceId('a key vault', 'Microsoft.KeyVault', 'vaults', 'certificates').optional(),
        /** A user-assigned identity that may read the secret already, which the gateway then has. No role is given. */
        identityId: userAssignedIdentityId('gateway').optional(),
      }),
    ],
    {
      error:
        "'self-signed', 'self-signed-in-production' or { keyVaultSecretId: 'https://<vault>.vault.azure.net/secrets/<name>', keyVaultId: '/subscriptions/…' }",
    },
  ),
  /** Size of each App Service plan. */
  planSku,
  /** Most instances that autoscale may start in a region, up to the 30 of a Premium plan. */
  maximumInstances: z
    .int()
    .min(2, { error: 'a whole number from 2 to 30' })
    .max(30, { error: 'a whole number from 2 to 30' }),
  /** How much of all traffic one region must carry when the others are lost, in percent. Bounds `maximumInstances`. */
  survivingRegionCarriesPercent: z
    .int()
    .min(1, { error: 'a whole number from 1 to 100' })
    .max(100, { error: 'a whole number from 1 to 100' }),
  /**
   * Whether Front Door reaches the apps over Private Link. Each connection then has to be approved by hand at the app
   * before it carries traffic, and slots are not supported.
   *
   * @see https://learn.microsoft.com/azure/frontdoor/private-link
   */
  privateOrigins: z.boolean(),
  /** The web application firewall at gateway and Front Door, see docs/waf.md. Left out: it blocks, by the managed rules alone. */
  waf: wafSchema.optional(),
  /**
   * Whether each app has a deployment slot `staging` to swap with. An object: it has one, and the slot runs another zip
   * (`package`) or another image than the app, where Terraform brings both: with `package: 'blob'`, and with a container.
   */
  stagingSlot: z.union([z.boolean(), stagingSchema], { error: 'true, false, { package } or { image }' }),
  /** Size of each Azure Managed Redis; geo-replication needs Balanced_B3 or larger. */
  redisSku,
  /**
   * Whether `/healthz` answers 503 while Redis keeps carts from working. True: Front Door leaves a region whose Redis is away, and
   * a gateway, which has one backend, answers 502 for everything. False or left out: catalogue and empty carts go on. Means
   * nothing without Redis.
   *
   * @see docs/sessions.md, Health
   */
  healthChecksRedis: z.boolean().optional(),
  /**
   * How the app's code arrives. `'onedeploy'`: `npm run ship` uploads it, and the management plane has the app fetch it; the
   * app is empty until then. `'blob'`: Terraform uploads it, and the app runs from it by URL and identity, which is
   * documented without excluding Linux and reported to work on Windows only. `'cli'`: `az webapp deploy` sends it to the
   * deployment site, which must be reachable.
   */
  package: z.enum(['onedeploy', 'blob', 'cli'], { error: "'onedeploy', 'blob' or 'cli'" }),
  /**
   * Two secrets sign sessions in turn. To rotate: raise the version of the one that does not sign, apply, wait a day until
   * every instance has read it, then let it sign.
   */
  sessionSecret: z.strictObject({
    signs: z.enum(['a', 'b'], { error: "'a' or 'b'" }),
    versions: z.strictObject({ a: secretVersion, b: secretVersion }),
  }),
  /**
   * From where Terraform and deployments reach vault, package storage and deployment site. `'addresses'` or left out: from
   * `deployerAddresses`. `'private'`: from inside the network alone, which takes a runner there that resolves the private names; vault
   * and storage have no public network access then.
   *
   * @see docs/landing-zone.md, No public address
   */
  access: z.enum(['addresses', 'private'], { error: "'addresses' or 'private'" }).optional(),
  /** Public IPv4 addresses or ranges that may reach vault, package storage and deployment site. None: no apply, unless access is private. */
  deployerAddresses: z
    .array(judged(publicRange))
    .max(200, { error: 'at most 200 addresses' })
    .refine((addresses) => new Set(addresses).size === addresses.length, {
      error: 'a list that names each address once',
    }),
  /**
   * Object id of who gets the rights to write secrets, certificates and packages: best an Entra group of everyone who applies. Left
   * out: whoever applies first, and a later plan by somebody else leaves it so.
   */
  deployerObjectId: z.guid({ error: 'the object id of an Entra group, user or service principal' }).optional(),
  /** Whether the network has a subnet for self-hosted build agents, which then deploy without a public address. */
  agentsSubnet: z.boolean(),
  /**
   * How Terraform declares subnets. `'separate'` or left out: each as a resource, which gets its network security group in a
   * second call. `'inline'`: as blocks of the virtual network, which makes them with their groups in one call; for landing zones
   * whose policy denies a subnet without a group. Choose before the first apply: a running deployment cannot change it.
   */
  subnets: z.enum(['separate', 'inline'], { error: "'separate' or 'inline'" }).optional(),
  /** An app of yours in place of the shop, see docs/your-app.md. Left out: the shop. */
  app: appSchema.optional(),
  /** What a platform team has already, see docs/landing-zone.md. Left out: the blueprint makes all of it. */
  existing: existingSchema.optional(),
  /** Who is notified by alerts and autoscale. An address at example.com is a placeholder, with which Terraform refuses to plan. */
  alertEmail: z.email({ error: 'an email address' }),
  /**
   * An https address that alerts are posted to as well, in Azure's common alert schema. Left out: email only. It stands
   * in plan and state in clear text, so an address that is itself a secret (with a token in it) does not belong in a
   * repository: read it from an environment variable.
   *
   * @see https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema
   */
  alertWebhook: z
    .url({ protocol: /^https$/, error: 'an https address' })
    .refine((address) => !URL.canParse(address) || new URL(address).username === '', {
      error: 'an https address without a user name or password in it',
    })
    .transform(literal)
    .optional(),
  /**
   * What all resource groups of a variant together may cost in a calendar month, in the currency of the billing account:
   * Azure takes no other. The action group is notified at 80 % and 100 % of it, and when the forecast passes it; nothing stops.
   * 1 or more. Left out: no budget.
   */
  monthlyBudget: z.number().min(1, { error: 'an amount of 1 or more' }).optional(),
  /**
   * Experiments of Azure Chaos Studio beside what they break, see docs/game-day.md. `{}`: with what is left out below. Left out: none.
   * They are for a deployment that may fail: who may start one can stop the app.
   */
  chaos: chaosSchema.optional(),
  /** Where the runbooks of `docs/runbooks.md` are published; alerts link to them. */
  runbooks: z.url({ protocol: /^https$/, error: 'an https address' }).transform(literal),
  /** Whether Terraform registers the resource providers that a variant uses. Turn off where a platform team does so. */
  registerResourceProviders: z.boolean(),
  /**
   * Major version of the azurerm provider that the Terraform is for. 4 or left out: `~> 4.79`. 5: `~> 5.2`, with the arguments that
   * it renamed; read from its upgrade guide, and neither validated against its schema nor run.
   */
  azurermMajor: z.union([z.literal(4), z.literal(5)], { error: '4 or 5' }).optional(),
  /** Where Terraform keeps its state: `state/` beside the project, or a container reached with Entra. */
  state: z.union(
    [
      z.literal('local'),
      z.strictObject({
        resourceGroupName: z.string().regex(/^[\p{L}\d_.()-]{1,90}$/u, { error: 'the name of a resource group' }),
        storageAccountName: z.string().regex(/^[a-z0-9]{3,24}$/, { error: '3 to 24 lower-case letters and digits' }),
        containerName: z
          .string()
          .regex(/^[a-z0-9](-?[a-z0-9]){2,62}$/, { error: '3 to 63 lower-case letters, digits and single hyphens' }),
      }),
    ],
    { error: "'local' or { resourceGroupName, storageAccountName, containerName }" },
  ),
  /** On every resource that can carry tags: 15 at most, which is what a Key Vault secret takes. */
  tags: z
    .record(
      z.string().regex(/^[^<>%&\\?/]{1,512}$/, { error: 'a name without < > % & \\ ? /' }),
      z.string().max(256, { error: 'at most 256 characters' }).transform(literal),
    )
    .refine((tags) => Object.keys(tags).length <= 15, { error: 'at most 15 tags' }),
});

export type Settings = z.infer<typeof settingsSchema>;
export type RegionSettings = Settings['regions'][number];
