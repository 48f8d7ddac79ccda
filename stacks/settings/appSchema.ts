import { z } from 'zod';
import { certificateName, sessionSecretNames } from '../secretNames';
import { literal } from './literal';
import { partsOf, resourceId } from './resourceId';

/**
 * Versions of each stack that azurerm takes for Linux and that are not past their end, as its page listed them in 2026-03.
 *
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_web_app#application_stack
 */
export const stackVersions = {
  node: ['20-lts', '22-lts', '24-lts'],
  dotnet: ['8.0', '9.0', '10.0'],
  java: ['11', '17', '21'],
  python: ['3.10', '3.11', '3.12', '3.13'],
  php: ['8.2', '8.3', '8.4'],
} as const satisfies Record<string, readonly string[]>;

export type Stack = keyof typeof stackVersions;

const path = z
  .string()
  .regex(/^\/[^\s?#]{0,200}$/, { error: 'a path that starts with /, for instance /healthz' })
  .transform(literal);
const settingName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, {
  error: 'a name of letters, digits and underscores',
});

/** A container image: registry, repository and tag or digest. */
const image = z.string().regex(/^[a-z0-9.-]+(:\d+)?\/[a-z0-9._/-]+(:[\w][\w.-]{0,127}|@sha256:[0-9a-f]{64})$/, {
  error: 'registry/repository with a tag or a digest, for instance team.azurecr.io/shop/web:1.4.0',
});

/** What a slot runs that is not what the app runs: one of the two. */
export const stagingSchema = z.strictObject({
  /** Path of a zip, with `package: 'blob'`. */
  package: z.string().min(1, { error: 'the path of a zip' }).optional(),
  /** An image of the app's registry, with an app that is a container. */
  image: image.optional(),
});

/** An app of yours in place of the shop: code on a stack of App Service, or a container. */
export const appSchema = z.strictObject({
  /** Code: what runs it. With `version` and `package`. */
  stack: z
    .enum(Object.keys(stackVersions) as [Stack, ...Stack[]], { error: 'node, dotnet, java, python or php' })
    .optional(),
  /** Of the stack, as azurerm writes it: `24-lts`, `9.0`. */
  version: z.string().optional(),
  /** Path of the zip with the built app, from the project's folder. */
  package: z.string().min(1, { error: 'the path of a zip' }).optional(),
  /** A container instead of code: registry, repository and tag or digest, as in `team.azurecr.io/shop/web:1.4.0`. */
  image: image.optional(),
  /** The Azure Container Registry of the image, from which the app's identity may then pull. Left out: a public image. */
  registryId: resourceId('a registry', 'Microsoft.ContainerRegistry', 'registries', 'team').optional(),
  /** Port on which the container listens. Left out: 80. */
  port: z.int().min(1, { error: 'a port from 1 to 65535' }).max(65535, { error: 'a port from 1 to 65535' }).optional(),
  /** Command that starts the app. Left out: what the stack or the image does by itself. */
  startCommand: z.string().regex(/\S/, { error: 'a command' }).transform(literal).optional(),
  /** Path that answers exactly 200 when the app is ready, for App Service and the entry. Left out: `/healthz`. */
  healthPath: path.optional(),
  /** Path that a starting instance must answer with 200 before it gets traffic. Left out: the health path. */
  warmUpPath: path.optional(),
  /** Further app settings. No secrets: they stand in plan and state. */
  settings: z.record(settingName, z.string().transform(literal)).optional(),
  /** App settings that are read from the region's Key Vault: the name of the secret by that of the setting. You write the secrets. */
  secrets: z
    .record(
      settingName,
      z.string().regex(/^[A-Za-z0-9-]{1,127}$/, { error: 'the name of a secret: letters, digits and hyphens' }),
    )
    .optional(),
  /**
   * Paths whose answers Front Door may cache: the same for everyone, and marked so by the app. At most 50; `*` stands for the rest
   * of a path, as in `/assets/*`. Left out: none.
   *
   * @see https://learn.microsoft.com/azure/frontdoor/front-door-route-matching
   */
  cacheablePaths: z
    .array(
      z
        .string()
        .regex(/^\/([^\s?#*]{0,200}|[^\s?#*]{1,199}\/\*)$/, {
          error:
            'a path that starts with /, with * only after its last /, for instance /assets/*; not /*, which is every path',
        })
        .transform(literal),
    )
    .max(50, { error: 'at most 50 paths' })
    .refine((paths) => new Set(paths.map((path) => path.toLowerCase())).size === paths.length, {
      error: 'a list that names each path once',
    })
    .optional(),
  /**
   * Whether the app keeps its sessions where `SESSION_STORE` says, as docs/your-app.md asks. False or left out: it keeps them in
   * its process, and a variant with sessions elsewhere is refused.
   */
  sessionContract: z.boolean().optional(),
});

export type YourApp = z.infer<typeof appSchema>;
export type Staging = z.infer<typeof stagingSchema>;

/** What is wrong with an app whose members are each right. */
export function appProblems(app: YourApp): string[] {
  const { stack, version, package: zip, image, registryId, port, settings = {}, secrets = {} } = app;
  const problems: string[] = [];
  const got = (value: unknown) => `got: ${JSON.stringify(value) ?? 'nothing'}`;
  if ((stack === undefined) === (image === undefined))
    problems.push(
      `\`app\` must be code, { stack, version, package }, or a container, { image }, ${got(stack === undefined ? undefined : 'both')}. Change it in settings.ts.`,
    );
  if (stack !== undefined) {
    const versions: readonly string[] = stackVersions[stack];
    if (version === undefined || !versions.includes(version))
      problems.push(
        `\`app.version\` must be one of ${versions.join(', ')} for ${stack}, ${got(version)}. Change it in settings.ts.`,
      );
    if (zip === undefined)
      problems.push(
        `\`app.package\` must be the path of a zip with stack ${stack}, ${got(zip)}. Add it to settings.ts.`,
      );
    for (const [name, value] of Object.entries({ registryId, port }))
      if (value !== undefined)
        problems.push(
          `\`app.${name}\` must be left out with a stack: it is for a container, ${got(value)}. Remove it from settings.ts.`,
        );
  }
  if (image !== undefined)
    for (const [name, value] of Object.entries({ version, package: zip }))
      if (value !== undefined)
        problems.push(`\`app.${name}\` must be left out with an image, ${got(value)}. Remove it from settings.ts.`);
  const host = image?.split('/')[0] ?? '';
  // A registry's host is its name, with a hash behind it where its owner chose that.
  const registry = registryId === undefined ? undefined : partsOf(registryId).name.toLowerCase();
  if (registry !== undefined && host.endsWith('.azurecr.io') && !new RegExp(`^${registry}(-|\\.)`).test(host))
    problems.push(
      `\`app.registryId\` must be the registry of app.image, ${host}, ${got(registryId)}. The identities may pull from there alone: change one of them in settings.ts.`,
    );
  const own = [...sessionSecretNames, certificateName];
  for (const [name, secret] of Object.entries(secrets)) {
    if (Object.keys(settings).some((setting) => sameName(setting, name)))
      problems.push(
        `\`app.secrets.${name}\` must not be a setting as well, ${got('both')}. Remove one of them in settings.ts.`,
      );
    if (own.some((one) => sameName(one, secret)))
      problems.push(
        `\`app.secrets.${name}\` must not be a secret of the blueprint (${own.join(', ')}), ${got(secret)}. Give yours another name in the vault and in settings.ts.`,
      );
  }
  for (const [what, words] of [
    ['app.settings', Object.keys(settings)],
    ['app.secrets', Object.keys(secrets)],
    ['app.secrets', [...new Set(Object.values(secrets))]],
  ] as const) {
    const twice = words.find((word, index) => words.some((other, at) => at < index && sameName(other, word)));
    if (twice !== undefined)
      problems.push(
        `\`${what}\` must not have two names that differ by case alone, ${got(twice)}. Azure takes them for one: change one in settings.ts.`,
      );
  }
  for (const name of [...Object.keys(settings), ...Object.keys(secrets)])
    if (reserved.test(name))
      problems.push(
        `\`app.settings\` must not hold what the blueprint sets, ${got(name)}. docs/your-app.md lists them: choose another name.`,
      );
    else if (refused.test(name))
      problems.push(
        `\`app.settings\` must not hold what azurerm sets by an argument of its own, ${got(name)}. azurerm refuses a plan with it: remove it from settings.ts.`,
      );
  return problems;
}

/** What is wrong with what the slot runs, whose members are each right. */
export function stagingProblems({ package: zip, image }: Staging, app: YourApp | undefined, mode: string): string[] {
  const problem = (name: string, rule: string, got: unknown, fix: string) => [
    `\`stagingSlot${name}\` must be ${rule}, got: ${JSON.stringify(got)}. ${fix}`,
  ];
  if ((zip === undefined) === (image === undefined))
    return problem(
      '',
      'true, false, { package } or { image }',
      { package: zip, image },
      'The slot runs one thing: change it in settings.ts.',
    );
  if (zip !== undefined && app?.image !== undefined)
    return problem('.package', 'left out with an app that is a container', zip, 'Name an image in settings.ts.');
  if (zip !== undefined && mode !== 'blob')
    return problem(
      '.package',
      "left out without package: 'blob'",
      zip,
      'The slot gets its code by npm run ship -- --slot staging, or az webapp deploy --slot staging: change it in settings.ts.',
    );
  if (image === undefined) return [];
  const registry = (of: string) => of.slice(0, of.indexOf('/'));
  if (app?.image === undefined)
    return problem('.image', 'left out where the app is no container', image, 'Change it in settings.ts.');
  return registry(app.image) === registry(image)
    ? []
    : problem(
        '.image',
        `an image of ${registry(app.image)}, as the app's`,
        image,
        'Only from there may the identities pull: change it in settings.ts.',
      );
}

/** Azure compares names of app settings and of secrets without case. */
const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** App settings of the blueprint. */
const reserved =
  /^(SESSION_|REDIS_|APPLICATIONINSIGHTS_|OTEL_SERVICE_NAME$|TRUSTED_PROXY_HOPS$|SHUTDOWN_GRACE_SECONDS$|HEALTH_CHECKS_REDIS$|WEBSITE_(WARMUP|RUN_FROM_PACKAGE|HEALTHCHECK)|WEBSITES_(CONTAINER_STOP|PORT)|PACKAGE_HASH$|DOCKER_)/i;

/**
 * Further app settings that azurerm refuses, because they follow from arguments. It compares without case.
 *
 * @see https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.79.0/internal/services/appservice/validate/app_settings.go
 */
const refused = /^(DIAGNOSTICS_AZUREBLOB|WEBSITE_HTTPLOGGING_|WEBSITE_VNET_ROUTE_ALL$)/i;
