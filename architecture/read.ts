import { InputError } from '../inputError';
import { readEntry } from './entry';
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
} from './model';
import { indexTerraform, parseTerraform, type TerraformDocument, type TerraformResource } from './terraform';
import { readWebApp, webAppTypes } from './webApp';

/**
 * Reads a deployment's facts from Terraform in JSON syntax (`cdk.tf.json`), following references rather than names.
 *
 * Total: any JSON gives an Architecture, in which what cannot be told is `Unknown`, or an InputError.
 *
 * @param json the parsed document, or its text
 * @param name what to call the architecture
 * @param source what to call the document in a message; by default the name
 * @throws InputError when it is no Terraform configuration, or declares no App Service web app
 */
export function readArchitecture(json: unknown, name: string, source: string = name): Architecture {
  const document = typeof json === 'string' ? parseTerraform(json, source) : indexTerraform(json, source);
  const apps = document.resources.filter(({ type }) => webAppTypes.includes(type));
  if (apps.length === 0)
    throw new InputError(
      `${source} declares no App Service web app (${webAppTypes.join(' or ')})${document.modules.length ? `; what its modules declare (${document.modules.join(', ')}) is not in it` : ''}. There is nothing to assess.`,
    );

  const entry = readEntry(document, apps);
  const regions = readRegions(apps, entry.origins, document);
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
    resources: document.resources
      .map(({ address, type, body: { '//': _comment, ...attributes } }) => ({ address, type, attributes }))
      .sort((a, b) => (a.address < b.address ? -1 : 1)),
  };
}

/** A layer that this document lacks may still be declared by a module of it. */
function unlessInModule(state: Known<AffinityState>, { modules }: TerraformDocument): Known<AffinityState> {
  return state === 'absent' && modules.length > 0 ? { unknown: `module.${modules[0]} may declare this layer` } : state;
}

function readRegions(
  apps: readonly TerraformResource[],
  origins: ReadonlyMap<string, Origin> | null,
  document: TerraformDocument,
): Region[] {
  const priorities = [...(origins?.values() ?? [])].map(({ priority }) => priority);
  const read = apps.map((resource) => ({ resource, ...readWebApp(resource, document) }));
  const locations = read.map(({ location }) => location);
  return read.map(({ resource, app, location, redis }) => {
    const origin = origins?.get(resource.address) ?? null;
    const alone = locations.filter((other) => other === location).length === 1;
    return {
      name: isUnknown(location) || !alone ? resource.address : location,
      location,
      role: role(origin, origins !== null, priorities),
      app,
      redis,
      origin,
    };
  });
}

function role(
  origin: Origin | null,
  behindFrontDoor: boolean,
  priorities: readonly Known<number>[],
): Known<RegionRole> {
  if (!behindFrontDoor) return 'active';
  if (!origin) return 'unrouted';
  const unsettled = priorities.find(isUnknown);
  if (unsettled) return unsettled;
  return origin.priority === Math.min(...(priorities as number[])) ? 'active' : 'standby';
}
