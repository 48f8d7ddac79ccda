import type { ServicePlan } from '../deployment';
import { isUnknown, type Known, mapKnown, type Unknown } from '../known';
import { booleanOf, locationOf, numberOf, requiredText, states, textOf, unknown } from '../terraform/arguments';
import type { TerraformDocument, TerraformResource } from '../terraform/document';
import { planArguments } from './appServiceArguments';
import { readAutoscale } from './autoscale';
import { servicePlanDefaults } from './defaults';

export function readServicePlan(plan: TerraformResource, document: TerraformDocument): ServicePlan {
  const { sku, instances, zones } = planArguments(plan.type);
  const [argument = instances] = instances.split('.');
  return {
    address: plan.address,
    notRead: null,
    mayBe: [],
    os: osOf(plan, document),
    location: locationOf(plan, document),
    skuName: requiredText(plan, sku, document),
    instances: plan.multiplied ?? sharedInstances(plan, document) ?? countOf(plan, instances, document),
    instancesArgument: argument,
    statesInstances: states(plan, instances),
    ignoresInstances: mapKnown(plan.ignoredChanges, (names) =>
      names.some((name) => name === 'all' || name.split(/[.[]/)[0] === argument),
    ),
    perSiteScaling: scalesApart(plan, document),
    zoneBalanced: booleanOf(plan, zones, document, servicePlanDefaults.zoneBalanced),
    autoscale: readAutoscale(plan, document),
  };
}

/**
 * The plan of an app, where it is unknown which one that is.
 *
 * @param mayBe plans of which it is one
 */
export function planNotRead(why: Unknown, mayBe: readonly ServicePlan[] = []): ServicePlan {
  const shared = <T>(read: (plan: ServicePlan) => Known<T>): Known<T> => {
    const [first, ...others] = mayBe.map(read);
    return first !== undefined && others.every((other) => other === first) ? first : why;
  };
  const scaled = mayBe.some(({ autoscale }) => autoscale !== null);
  return {
    address: '',
    notRead: why,
    mayBe,
    os: shared(({ os }) => os),
    location: shared(({ location }) => location),
    skuName: shared(({ skuName }) => skuName),
    instances: scaled ? why : shared(({ instances }) => instances),
    instancesArgument: planArguments('azurerm_service_plan').instances,
    statesInstances: null,
    ignoresInstances: shared(({ ignoresInstances }) => ignoresInstances),
    perSiteScaling: shared(({ perSiteScaling }) => perSiteScaling),
    zoneBalanced: shared(({ zoneBalanced }) => zoneBalanced),
    autoscale: null,
  };
}

/** What a data source or a state shows as 0 is not the number on which apps run; one that is left out is the platform's. */
const countOf = (plan: TerraformResource, argument: string, document: TerraformDocument): Known<number> => {
  const count = numberOf(plan, argument, document, servicePlanDefaults.instances);
  return count === 0 ? unknown(plan, argument, 'is 0, and apps run on at least one instance') : count;
};

/** Why a plan's instances are not an app's; null: each app of the plan runs on all of them. */
function sharedInstances(plan: TerraformResource, document: TerraformDocument): Unknown | null {
  const { perSiteScaling } = planArguments(plan.type);
  const apart = scalesApart(plan, document);
  if (isUnknown(apart)) return apart;
  return apart ? unknown(plan, perSiteScaling, 'lets every app run on fewer instances than the plan has') : null;
}

const scalesApart = (plan: TerraformResource, document: TerraformDocument) =>
  booleanOf(plan, planArguments(plan.type).perSiteScaling, document, servicePlanDefaults.perSiteScaling);

function osOf(plan: TerraformResource, document: TerraformDocument): Known<string> {
  if (plan.type === 'azurerm_service_plan') return requiredText(plan, 'os_type', document);
  return mapKnown(textOf(plan, 'kind', document, 'Windows'), (kind) => (/linux/i.test(kind) ? 'Linux' : 'Windows'));
}
