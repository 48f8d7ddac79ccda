import { InputError } from '../inputError';
import type { Deployment } from './deployment';
import { readEntry } from './entry';
import { readApp } from './facts/apps';
import { cacheTypes, readCache } from './facts/caches';
import { dataServiceTypes, readDataService } from './facts/dataServices';
import { readFrontDoor } from './facts/frontDoor';
import { readGateway } from './facts/gateways';
import { ofType } from './facts/reading';
import { readMonitoring, readNetwork } from './facts/surroundings';
import { readTrafficManagers } from './facts/trafficManager';
import { isDeeperThan, parseJson } from './json';
import { planTypes, webAppTypes } from './kinds';
import { type Affinity, type AffinityState, type Architecture, agreed, type Known, type Resource } from './model';
import { indexPlan, isPlan, isState } from './plan';
import { readRegions } from './regions';
import { readPlanFacts } from './servicePlan';
import { indexTerraform, type TerraformDocument, type TerraformResource } from './terraform';

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
  const tooDeep = `${source} is nested too deeply to be Terraform.`;
  if (isDeeperThan(500, parsed)) throw new InputError(tooDeep);
  try {
    return readDocument(parsed, name, source);
  } catch (error) {
    // An expression is nested, too.
    if (error instanceof RangeError) throw new InputError(tooDeep);
    throw error;
  }
}

function readDocument(parsed: unknown, name: string, source: string): Deployment {
  if (isState(parsed))
    throw new InputError(
      `${source} is a state or another output of terraform show. Give a plan (terraform plan -out=p, then terraform show -json p) or a cdk.tf.json.`,
    );
  const document = isPlan(parsed) ? indexPlan(parsed, source) : indexTerraform(parsed, source);
  const apps = ofType(document, ...webAppTypes);
  if (apps.length === 0)
    throw new InputError(
      `${source} declares no App Service web app (${webAppTypes.join(', ')})${notRead(document)}. There is nothing to assess.`,
    );

  const entry = readEntry(document, apps);
  const trafficManagers = readTrafficManagers(entry.ways);
  const regions = readRegions(entry, trafficManagers, document);
  const affinity: Affinity = {
    appService: agreed(
      regions.map(({ app }) => app.affinity),
      'affinity differs between apps',
    ),
    applicationGateway: unlessElsewhere(entry.applicationGatewayAffinity, document),
    frontDoor: unlessElsewhere(entry.frontDoorAffinity, document),
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
      plans: ofType(document, ...planTypes).map((plan) => readPlanFacts(plan, document)),
      gateways: entry.ways.gateways.map((gateway) => readGateway(gateway, entry.ways)),
      frontDoor: readFrontDoor(entry),
      trafficManagers,
      caches: ofType(document, ...cacheTypes).map((cache) => readCache(cache, document)),
      dataServices: ofType(document, ...dataServiceTypes).map((one) => readDataService(one, document)),
      network: readNetwork(document),
      monitoring: readMonitoring(document),
      elsewhere: document.elsewhere,
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

/** Apps that may be there and are not read. */
function notRead(document: TerraformDocument): string {
  const azapi = ofType(document, 'azapi_resource').filter(({ body }) =>
    /^Microsoft\.Web\/sites@/i.test(String(body.type)),
  );
  if (azapi.length > 0) return `; azapi_resource is not read (${azapi.map(({ address }) => address).join(', ')})`;
  return document.elsewhere.length > 0
    ? `; what else declares resources (${document.elsewhere.join(', ')}) is not in it`
    : '';
}

/** A layer that this document lacks may still be declared by a module of it, say. */
function unlessElsewhere(state: Known<AffinityState>, { elsewhere: [other] }: TerraformDocument): Known<AffinityState> {
  return state === 'absent' && other !== undefined ? { unknown: `${other} may declare this layer` } : state;
}
