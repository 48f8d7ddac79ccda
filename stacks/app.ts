import type { LinuxWebAppSiteConfigApplicationStack } from '@cdktf/provider-azurerm/lib/linux-web-app';
import type { Settings } from './settings';
import type { YourApp } from './settings/appSchema';

/** File name of the shop inside its zip, which App Service starts. */
export const appFile = 'shop.cjs';

/** What runs on App Service: the shop, or an app of yours. */
export interface AppPlan {
  readonly applicationStack: LinuxWebAppSiteConfigApplicationStack;
  /** undefined: what the stack or the image does by itself. */
  readonly startCommand: string | undefined;
  /** The path that App Service, the gateway and Front Door ask; the app answers 200 there when it is ready. */
  readonly healthPath: string;
  readonly warmUpPath: string;
  readonly settings: Readonly<Record<string, string>>;
  /** App settings by the name of the secret in the region's vault. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Paths whose answers may be cached at the edge: the same for everyone, and marked so by the app. */
  readonly cacheablePaths: readonly string[];
  /** Whether it keeps sessions where `SESSION_STORE` says. */
  readonly sessionContract: boolean;
  /** Resource id of the registry that the app's identity pulls from; undefined: none. */
  readonly registryId: string | undefined;
  /** `application_type` of Application Insights. Another one replaces it. */
  readonly telemetryType: 'Node.JS' | 'java' | 'web';
  /** What keys in Redis begin with. */
  readonly sessionPrefix: string;
}

const shop: AppPlan = {
  applicationStack: { nodeVersion: '24-lts' },
  startCommand: `node ${appFile}`,
  healthPath: '/healthz',
  warmUpPath: '/healthz',
  settings: { NODE_ENV: 'production' },
  secrets: {},
  cacheablePaths: ['/favicon.svg', '/api/products', '/api/products/*'],
  sessionContract: true,
  registryId: undefined,
  telemetryType: 'Node.JS',
  sessionPrefix: 'shop',
};

export function appOf({ app }: Pick<Settings, 'app'>): AppPlan {
  if (!app) return shop;
  const healthPath = app.healthPath ?? shop.healthPath;
  return {
    applicationStack: stackOf(app),
    startCommand: app.startCommand,
    healthPath,
    warmUpPath: app.warmUpPath ?? healthPath,
    settings: {
      ...(app.stack === 'node' && { NODE_ENV: 'production' }),
      ...(app.port !== undefined && { WEBSITES_PORT: `${app.port}` }),
      ...app.settings,
    },
    secrets: app.secrets ?? {},
    cacheablePaths: app.cacheablePaths ?? [],
    sessionContract: app.sessionContract ?? false,
    registryId: app.registryId,
    telemetryType: app.stack === 'node' ? 'Node.JS' : app.stack === 'java' ? 'java' : 'web',
    sessionPrefix: 'app',
  };
}

/** What the slot runs: as the app, with the image that the settings name for it. */
export function slotAppOf(settings: Pick<Settings, 'app' | 'stagingSlot'>): AppPlan {
  const { app, stagingSlot } = settings;
  const image = typeof stagingSlot === 'object' ? stagingSlot.image : undefined;
  return appOf(app && image !== undefined ? { app: { ...app, image } } : settings);
}

/** Path of the zip that the slot runs; undefined: it runs what the app runs. */
export const slotPackageOf = ({ stagingSlot }: Pick<Settings, 'stagingSlot'>): string | undefined =>
  typeof stagingSlot === 'object' ? stagingSlot.package : undefined;

function stackOf({ stack, version = '', image = '' }: YourApp): LinuxWebAppSiteConfigApplicationStack {
  switch (stack) {
    case 'node':
      return { nodeVersion: version };
    case 'dotnet':
      return { dotnetVersion: version };
    case 'python':
      return { pythonVersion: version };
    case 'php':
      return { phpVersion: version };
    case 'java':
      // Java SE, which starts a jar. The server's version is that of Java.
      return { javaVersion: version, javaServer: 'JAVA', javaServerVersion: version };
    default: {
      const slash = image.indexOf('/');
      return { dockerRegistryUrl: `https://${image.slice(0, slash)}`, dockerImageName: image.slice(slash + 1) };
    }
  }
}

type Arriving = Pick<Settings, 'app' | 'package'>;

/** How the code arrives: as `package` says, or as a container. */
export const arrivalOf = ({ app, package: mode }: Arriving): Settings['package'] | 'container' =>
  app?.image === undefined ? mode : 'container';

/** Whether the code arrives as a package in storage. */
export const packagesArrive = (settings: Arriving): boolean => ['onedeploy', 'blob'].includes(arrivalOf(settings));
