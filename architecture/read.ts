import { InputError } from '../inputError';
import { readGateway } from './azure/applicationGateway';
import { planTypes, webAppTypes } from './azure/appServiceArguments';
import { withAzapi } from './azure/azapi/azapi';
import { dataServiceTypes, readDataService } from './azure/dataServices';
import { targetsIn } from './azure/destinations';
import { readFrontDoors } from './azure/frontDoor';
import { readMonitoring } from './azure/monitoring';
import { readNetwork } from './azure/network';
import { cacheTypes, readCache } from './azure/redis';
import { readServicePlan } from './azure/servicePlan';
import { readTrafficManager } from './azure/trafficManager';
import { unreadLayer } from './azure/unreadLayers';
import { readWebApp } from './azure/webApp';
import type { Deployment, Resource } from './deployment';
import { entryOf } from './entry';
import { documentIn } from './input/text';
import { regionsOf } from './regions';
import { readConfiguration } from './terraform/configuration';
import { ofType, readOnce, type TerraformDocument, type TerraformResource } from './terraform/document';
import { isDeeperThan } from './terraform/json';
import { isPlan, readPlan } from './terraform/plan';
import { isShownState, isStateFile, readState } from './terraform/state';
import { together } from './together';

/** Levels of JSON that Terraform could have. */
export const deepest = 500;

/**
 * Reads a deployment's facts from Terraform: a configuration in JSON syntax (`cdk.tf.json`) or the JSON of a plan,
 * distinguished by content. Follows references rather than names.
 *
 * Any JSON gives a Deployment, in which a fact that the document does not show is `Unknown`, or an InputError.
 *
 * @param json the parsed document, or its text
 * @param name what to call the deployment
 * @param source what to call the document in a message; by default the name
 * @param files the configuration that a plan was made from, where it is at hand; see `readPlan`
 * @throws InputError when it is not a Terraform document, or declares no App Service web app
 */
export function readArchitecture(
  json: unknown,
  name: string,
  source: string = name,
  files: TerraformDocument | null = null,
): Deployment {
  const parsed = typeof json === 'string' ? documentIn(json, source) : json;
  const tooDeep = `${source} is nested too deeply to be Terraform.`;
  if (isDeeperThan(deepest, parsed)) throw new InputError(tooDeep);
  try {
    return deploymentOf(readDocument(parsed, source, files), name, source);
  } catch (error) {
    // An expression is nested, too.
    if (error instanceof RangeError) throw new InputError(tooDeep);
    throw error;
  }
}

/**
 * Reads a deployment's facts from a document that is Terraform's already.
 *
 * @throws InputError when it declares no App Service web app
 */
export const readTerraform = (document: TerraformDocument, name: string): Deployment =>
  deploymentOf(document, name, name);

function readDocument(parsed: unknown, source: string, files: TerraformDocument | null): TerraformDocument {
  if (isShownState(parsed) || isStateFile(parsed)) return readState(parsed, source);
  return isPlan(parsed) ? readPlan(parsed, source, files) : readConfiguration(parsed, source);
}

/** Reads resources of any kind of document into the one model. */
function deploymentOf(read: TerraformDocument, name: string, source: string): Deployment {
  const document = withAzapi(read);
  const declared = ofType(document, ...webAppTypes);
  if (declared.length === 0)
    throw new InputError(
      `${source} declares no App Service web app (${webAppTypes.join(', ')})${notRead(document)}. There is nothing to assess.`,
    );
  const targets = targetsIn(document, declared);
  const plan = readOnce((one) => readServicePlan(one, document));
  const cache = readOnce((one) => readCache(one, document));
  const layers = {
    gateways: ofType(document, 'azurerm_application_gateway').map((one) => readGateway(one, targets)),
    frontDoors: readFrontDoors(targets),
    trafficManagers: ofType(document, 'azurerm_traffic_manager_profile').map((one) => readTrafficManager(one, targets)),
  };
  const entry = entryOf(layers, unreadLayer(targets), document.elsewhere);
  const regions = regionsOf(
    declared.map((app) => readWebApp(app, document, { plan, cache })),
    layers,
    entry,
  );
  return {
    name,
    ...together(regions, entry),
    regions,
    ...layers,
    plans: ofType(document, ...planTypes).map(plan),
    caches: ofType(document, ...cacheTypes).map(cache),
    dataServices: ofType(document, ...dataServiceTypes).map((one) => readDataService(one, document)),
    network: readNetwork(document),
    monitoring: readMonitoring(document),
    resources: document.resources.map(shownResource).sort((a, b) => (a.address < b.address ? -1 : 1)),
    elsewhere: document.elsewhere,
    planned: document.planned,
    evidence: document.evidence,
    provider: document.provider ?? null,
    remarks: document.remarks ?? [],
  };
}

/** Its attributes are read only when they are used: of a plan's thousands of resources most are only counted. */
function shownResource(resource: TerraformResource): Resource {
  let attributes: Readonly<Record<string, unknown>> | undefined;
  return {
    address: resource.address,
    type: resource.type,
    get attributes() {
      if (!attributes) {
        const { '//': _comment, ...shown } = resource.shown;
        attributes = shown;
      }
      return attributes;
    },
  };
}

/** Apps that may exist and are not read. */
function notRead(document: TerraformDocument): string {
  const azapi = ofType(document, 'azapi_resource').filter(({ body }) =>
    /^Microsoft\.Web\/sites@/i.test(String(body.type)),
  );
  if (azapi.length > 0) return `; azapi_resource is not read (${azapi.map(({ address }) => address).join(', ')})`;
  return document.elsewhere.length > 0
    ? `; what else declares resources (${document.elsewhere.join(', ')}) is not in it`
    : '';
}
