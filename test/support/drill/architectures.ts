/** Deployments for the drill's tests, as `architecture/` would read them from Terraform. */

import type { Deployment, Region } from '../../../architecture/deployment';
import type { AffinityState, ApplicationGateway, GatewayProbe } from '../../../architecture/entryLayers';
import { type SessionStore, sessionStore } from '../../../sessions/stores';

export interface Choices {
  readonly name?: string;
  readonly entry?: Deployment['entry'];
  readonly hostPreserved?: Deployment['hostPreserved'];
  readonly appService?: AffinityState;
  readonly applicationGateway?: AffinityState;
  readonly frontDoor?: AffinityState;
  readonly sessions?: SessionStore;
  /** Instances per region. */
  readonly instances?: number;
  readonly regions?: readonly string[];
  readonly latencyWindowMs?: number;
  /** Front Door's, per region; 1 where none is given. */
  readonly priorities?: readonly number[];
  /** Default: - with more than two instances. */
  readonly zoneBalanced?: boolean;
  readonly hasSlot?: boolean;
  /** Default: on, for /healthz and two minutes. */
  readonly healthCheck?: false;
  /** Bounds of autoscale. Default: - none is declared. */
  readonly autoscale?: readonly [minimum: number, maximum: number];
  /** Of a gateway whose HTTP settings name a probe with these answers, or none (null). Default: - no gateway is read. */
  readonly gatewayProbe?: Partial<GatewayProbe> | null;
  /** Literal session secrets, per region. Default: - none is stated. */
  readonly secrets?: readonly string[];
  /** Beside or instead of the session store and the proxy hops. */
  readonly appSettings?: Readonly<Record<string, string>>;
}

/** One region, App Service's own host name, two instances, affinity on, state in process: unless chosen otherwise. */
export function architecture(choices: Choices = {}): Deployment {
  const { name = 'sample', entry = 'app-service', sessions = 'in-process', regions = ['swedencentral'] } = choices;
  const { appService = 'on', frontDoor = entry === 'front-door' ? 'off' : 'absent' } = choices;
  const { applicationGateway = entry === 'application-gateway' ? 'off' : 'absent' } = choices;
  const layers = [applicationGateway !== 'absent' || entry === 'application-gateway', entry === 'front-door'];
  const settings = {
    SESSION_STORE: sessionStore(sessions).appSetting,
    TRUSTED_PROXY_HOPS: String(1 + layers.filter(Boolean).length),
  };
  return {
    name,
    entry,
    hostPreserved: choices.hostPreserved ?? true,
    affinity: { appService, applicationGateway, frontDoor },
    sessions,
    regions: regions.map((location, index) => region(location, index, { ...choices, entry, appService, sessions })),
    latencyWindowMs: entry === 'front-door' ? (choices.latencyWindowMs ?? 0) : null,
    frontDoorProbe:
      entry === 'front-door'
        ? { path: '/healthz', protocol: 'Https', intervalSeconds: 30, sampleSize: 4, successfulSamplesRequired: 3 }
        : null,
    gatewayProbe: null,
    gateways: choices.gatewayProbe === undefined ? [] : [gatewayWith(choices.gatewayProbe, regions.map(addressOf))],
    ...{ frontDoors: [], trafficManagers: [], plans: [], caches: [], dataServices: [] },
    network: { filteredSubnets: [], subnets: [], publicIps: [], privateEndpoints: [], webEndpointSubnets: [] },
    monitoring: { diagnosed: [], undecided: [], alerts: [] },
    ...{ elsewhere: [], planned: null, evidence: null, provider: null, remarks: [] },
    resources: regions.map((location, index) => ({
      address: addressOf(location),
      type: 'azurerm_linux_web_app',
      attributes: {
        app_settings: {
          ...settings,
          ...(choices.secrets && { SESSION_SECRET: choices.secrets[index] }),
          ...choices.appSettings,
        },
      },
    })),
  };
}

const gatewayWith = (probe: Partial<GatewayProbe> | null, apps: readonly string[]): ApplicationGateway => ({
  ...{ address: 'azurerm_application_gateway.gateway', apps, open: null, conditional: null, location: 'swedencentral' },
  ...{ skuName: 'WAF_v2', zones: ['1', '2', '3'], minimumInstances: 2, maximumInstances: 10, affinity: 'off' },
  ...{ hostPreserved: true, backends: 1, listeners: [], tlsPolicy: null, firewall: null },
  ...{ underDdosPlan: false, subnets: [], publicIps: [], namesEndpoint: false, backendSettings: [] },
  rewrites: { request: [], response: [] },
  ...{ perApp: new Map(), pools: ['app'] },
  unprobedSettings: probe === null ? ['app'] : [],
  probes:
    probe === null
      ? []
      : [
          {
            ...{
              address: 'probe app',
              name: 'app',
              protocol: 'Https',
              path: '/healthz',
              host: 'shop.example',
              timeoutSeconds: 30,
            },
            ...{ hostFromSettings: false, statusCodes: ['200'], intervalSeconds: 30, detectionSeconds: 90 },
            ...{ unhealthyThreshold: 3, ...probe },
          },
        ],
});

const addressOf = (location: string): string => `azurerm_linux_web_app.app_${location}`;

function region(location: string, index: number, choices: Choices): Region {
  const { entry, appService = 'on', sessions = 'in-process', instances = 2 } = choices;
  const [minimum, maximum] = choices.autoscale ?? [];
  const autoscale =
    minimum === undefined || maximum === undefined
      ? null
      : { minimum, default: minimum, maximum, rules: [], profiles: [] };
  return {
    name: location,
    location,
    role: 'active',
    app: {
      address: addressOf(location),
      multiplied: null,
      plan: {
        address: `azurerm_service_plan.plan_${location}`,
        ...{ notRead: null, mayBe: [], os: 'Linux', location, skuName: 'P1v3', instances },
        ...{ instancesArgument: 'worker_count', statesInstances: true, ignoresInstances: true },
        perSiteScaling: false,
        zoneBalanced: choices.zoneBalanced ?? instances > 2,
        autoscale: autoscale ? { address: `azurerm_monitor_autoscale_setting.${location}`, ...autoscale } : null,
      },
      affinity: appService,
      affinityStated: true,
      ...{ affinityProxied: false, affinityPartitioned: false },
      healthCheckPath: choices.healthCheck === false ? null : '/healthz',
      healthCheckEvictionMinutes: 2,
      healthCheckMaxUnhealthyPercent: null,
      stopTimeLimitSeconds: null,
      hasSlot: choices.hasSlot ?? false,
      sessions,
      ownInstances: null,
      ...{ httpsOnly: true, minimumTls: '1.2', publicAccess: true, openByDefault: true, restrictions: [] },
      ...{
        hasPrivateEndpoint: false,
        privateName: null,
        signIn: null,
        slots: [],
        boundHosts: [],
        deploymentSite: null,
        stack: { container: false, aspNet: null, sharedFiles: true, keysElsewhere: false },
        secretSettings: [],
        cookieSecret: choices.secrets ? 'literal' : null,
      },
    },
    redis: sessions.startsWith('redis')
      ? {
          address: `azurerm_managed_redis.cache_${location}`,
          ...{ kind: 'managed', location, skuName: 'Balanced_B3', highAvailability: true, accessKeys: false },
          ...{ publicAccess: false, encrypted: true, minimumTls: '1.2', geoGroup: null, persistent: false },
          ...{ zones: [], clusteringPolicy: 'NoCluster', statesClusteringPolicy: true, evictionPolicy: 'NoEviction' },
          ...{ linked: sessions === 'redis-geo', geoReplicated: sessions === 'redis-geo' },
        }
      : null,
    origin:
      entry === 'front-door'
        ? {
            address: `azurerm_cdn_frontdoor_origin.origin_${index}`,
            ...{ apps: [`azurerm_linux_web_app.app_${location}`], open: null, conditional: null, enabled: true },
            ...{ group: 'azurerm_cdn_frontdoor_origin_group.group', priority: choices.priorities?.[index] ?? 1 },
            ...{ weight: 500, hostPreserved: true, hostHeaderOf: null, privateLink: false, direct: [] },
            ...{ linkTarget: null, linkPart: null },
          }
        : null,
  };
}
