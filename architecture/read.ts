import { InputError } from '../inputError';
import type { Deployment, TrafficManagerFacts } from './deployment';
import { appsBehind, readEntry } from './entry';
import { readApp, readPlanFacts } from './facts/apps';
import { cacheTypes, dataServiceTypes, readCache, readDataService } from './facts/data';
import { readFrontDoor, readGateway } from './facts/entryLayers';
import { ofType } from './facts/reading';
import { readMonitoring, readNetwork } from './facts/surroundings';
import { readTrafficManagers } from './facts/trafficManager';
import {
  type Affinity,
  type AffinityState,
  type Architecture,
  agreed,
  isUnknown,
  type Known,
  type Origin,
  type Region,
  type RegionRole,
  type Resource,
} from './model';
import { indexPlan, isPlan, isState } from './plan';
import { indexTerraform, parseJson, type TerraformDocument, type TerraformResource } from './terraform';
import { readWebApp, webAppTypes } from './webApp';

/**
 * Reads a deployment's facts from Terraform: a configuration in JSON syntax (`cdk.tf.json`) or the JSON of a plan, told
 * apart by content. Follows references rather than names.
 *
 * Total: any JSON gives a Deployment, in which what cannot be told is `Unknown`, or an InputError.
 *
 * @param json the parsed document, or its text
 * @param name what to call the architecture
 * @param source what to call the document in a message; by default the name
 * @throws InputError when it is no Terraform configuration, or declares no App Service web app
 */
export function readArchitecture(json: unknown, name: string, source: string = name): Deployment {
  const parsed = typeof json === 'string' ? parseJson(json, source) : json;
  if (isState(parsed))
    throw new InputError(
      `${source} is a state or another output of terraform show. Give a plan (terraform plan -out=p, then terraform show -json p) or a cdk.tf.json.`,
    );
  const document = isPlan(parsed) ? indexPlan(parsed, source) : indexTerraform(parsed, source);
  const apps = document.resources.filter(({ type }) => webAppTypes.includes(type));
  if (apps.length === 0)
    throw new InputError(
      `${source} declares no App Service web app (${webAppTypes.join(' or ')})${document.modules.length ? `; what its modules declare (${document.modules.join(', ')}) is not in it` : ''}. There is nothing to assess.`,
    );

  const entry = readEntry(document, apps);
  const trafficManagers = readTrafficManagers(apps, document);
  const regions = readRegions(apps, entry.origins, trafficManagers, document);
  const affinity: Affinity = {
    appService: agreed(
      regions.map(({ app }) => app.affinity),
      'affinity differs between apps',
    ),
    applicationGateway: unlessInModule(entry.applicationGatewayAffinity, document),
    frontDoor: unlessInModule(entry.frontDoorAffinity, document),
  };
  return {
    name,
    entry: entry.kind,
    hostPreserved: entry.hostPreserved,
    affinity,
    sessions: agreed(
      regions.map(({ app }) => app.sessions),
      'sessions differ between apps',
    ),
    regions,
    latencyWindowMs: entry.latencyWindowMs,
    frontDoorProbe: entry.frontDoorProbe,
    gatewayProbe: entry.gatewayProbe,
    resources: document.resources.map(shownResource).sort((a, b) => (a.address < b.address ? -1 : 1)),
    facts: {
      apps: apps.map((app) => readApp(app, document)),
      plans: ofType(document, 'azurerm_service_plan').map((plan) => readPlanFacts(plan, document)),
      gateways: entry.gateways.map((gateway) => readGateway(gateway, document)),
      frontDoor: readFrontDoor(originTargets(entry.gateways, apps, document), document),
      trafficManagers,
      caches: ofType(document, ...cacheTypes).map((cache) => readCache(cache, document)),
      dataServices: ofType(document, ...dataServiceTypes).map((one) => readDataService(one, document)),
      network: readNetwork(document),
      monitoring: readMonitoring(document),
      unreadModules: document.modules,
      planned: document.planned,
    },
  };
}

/** What `readArchitecture` read; an Architecture made by hand has no facts to review. */
export function asDeployment(architecture: Architecture | Deployment): Deployment {
  if ('facts' in architecture) return architecture;
  throw new Error(`${architecture.name} was not read from Terraform.`);
}

/** Shown as stated, when somebody looks; a plan's thousands of resources are only counted otherwise. */
function shownResource(resource: TerraformResource): Resource {
  let attributes: Readonly<Record<string, unknown>> | undefined;
  return {
    address: resource.address,
    type: resource.type,
    get attributes() {
      if (!attributes) {
        const { '//': _comment, ...shown } = resource.shown ?? resource.body;
        attributes = shown;
      }
      return attributes;
    },
  };
}

const originTargets = (
  gateways: readonly TerraformResource[],
  apps: readonly TerraformResource[],
  document: TerraformDocument,
) =>
  new Map(
    ofType(document, 'azurerm_cdn_frontdoor_origin').flatMap((origin): [string, string[]][] => {
      const behind = appsBehind(origin, gateways, apps, document).map(({ address }) => address);
      return behind.length > 0 ? [[origin.address, behind]] : [];
    }),
  );

/** A layer that this document lacks may still be declared by a module of it. */
function unlessInModule(state: Known<AffinityState>, { modules }: TerraformDocument): Known<AffinityState> {
  return state === 'absent' && modules.length > 0 ? { unknown: `module.${modules[0]} may declare this layer` } : state;
}

function readRegions(
  apps: readonly TerraformResource[],
  origins: ReadonlyMap<string, Origin> | null,
  [trafficManager]: readonly TrafficManagerFacts[],
  document: TerraformDocument,
): Region[] {
  // Traffic Manager answers names rather than requests, but it decides as Front Door does who is asked first.
  const endpoints = new Map(trafficManager?.apps.map(({ app, priority }) => [app, { priority }]));
  const ranked = origins ?? (trafficManager ? endpoints : null);
  const byPriority = origins !== null || trafficManager?.method === 'Priority';
  const priorities = byPriority ? [...(ranked?.values() ?? [])].map(({ priority }) => priority) : [];
  const read = apps.map((resource) => ({ resource, ...readWebApp(resource, document) }));
  const locations = read.map(({ location }) => location);
  return read.map(({ resource, app, location, redis }) => {
    const origin = origins?.get(resource.address) ?? null;
    const alone = locations.filter((other) => other === location).length === 1;
    return {
      name: isUnknown(location) || !alone ? resource.address : location,
      location,
      role: role(ranked?.get(resource.address) ?? null, ranked !== null, byPriority ? priorities : null),
      app,
      redis,
      origin,
    };
  });
}

function role(
  ranked: { readonly priority: Known<number> } | null,
  behindRouter: boolean,
  priorities: readonly Known<number>[] | null,
): Known<RegionRole> {
  if (!behindRouter) return 'active';
  if (!ranked) return 'unrouted';
  if (!priorities) return 'active';
  const unsettled = priorities.find(isUnknown);
  if (unsettled) return unsettled;
  return ranked.priority === Math.min(...(priorities as number[])) ? 'active' : 'standby';
}
