import { booleanOf, innerBlocks, numberOf, states, textOf, unknown } from './arguments';
import type { PlanFacts, ScaleRule } from './deployment';
import { everyKnown, leadsTo, locationOf, mapKnown, ofType, settled, unresolved } from './facts/reading';
import { isObject } from './json';
import { planKind, planTypes, webAppKind } from './kinds';
import { type Autoscale, isUnknown, type Known, type ServicePlan, type Unknown } from './model';
import { multiplied, named, type TerraformDocument, type TerraformResource } from './terraform';

/** The plan that an app runs on. */
export function readPlan(app: TerraformResource, document: TerraformDocument): ServicePlan {
  const { plan: argument } = webAppKind(app.type);
  const plan = named(app, argument, document, planTypes);
  if (!plan || isUnknown(plan)) {
    const why = plan ?? unresolved(app, argument, 'service plan', document);
    return { address: '', skuName: why, instances: why, zoneBalanced: why, autoscale: null };
  }
  const { sku, instances, zones } = planKind(plan.type);
  return {
    address: plan.address,
    skuName: settled(textOf(plan, sku, document, null), plan, sku),
    instances:
      multiplied(plan) ??
      sharedInstances(plan, document) ??
      settled(numberOf(plan, instances, document, null), plan, instances),
    zoneBalanced: booleanOf(plan, zones, document, false),
    autoscale: readAutoscale(plan, document),
  };
}

/** Why a plan's instances are not an app's; null: each app of the plan runs on all of them. */
function sharedInstances(plan: TerraformResource, document: TerraformDocument): Unknown | null {
  const { perSiteScaling } = planKind(plan.type);
  const apart = booleanOf(plan, perSiteScaling, document, false);
  if (isUnknown(apart)) return apart;
  return apart ? unknown(plan, perSiteScaling, 'lets every app run on fewer instances than the plan has') : null;
}

/** The autoscale setting in force for a plan, over all its profiles: the fewest, and the most. */
function readAutoscale(plan: TerraformResource, document: TerraformDocument): Autoscale | null {
  const setting = autoscaleOf(plan, document);
  if (!setting) return automaticScaling(plan, document);
  const { address } = setting;
  const target = named(setting, 'target_resource_id', document, planTypes);
  const enabled = booleanOf(setting, 'enabled', document, true);
  const profiles = innerBlocks(setting, 'profile');
  const open = [target, enabled, profiles].find(isUnknown);
  if (open || isUnknown(profiles) || profiles.length === 0) {
    const why = open ?? unknown(setting, 'profile', 'is not there');
    return { address, minimum: why, default: why, maximum: why };
  }
  const bound = (path: string, among: (...values: number[]) => number) =>
    mapKnown(
      everyKnown(profiles, (profile) => settled(numberOf(profile, path, document, null), profile, path)),
      (values) => among(...values),
    );
  return {
    address,
    minimum: bound('capacity.minimum', Math.min),
    default: bound('capacity.default', Math.min),
    maximum: bound('capacity.maximum', Math.max),
  };
}

/** One that may be meant for the plan, and is not turned off. */
const autoscaleOf = (plan: TerraformResource, document: TerraformDocument): TerraformResource | undefined =>
  ofType(document, 'azurerm_monitor_autoscale_setting').find(
    (setting) =>
      leadsTo(setting, 'target_resource_id', plan, document) && booleanOf(setting, 'enabled', document, true) !== false,
  );

/** Scaling by the platform, without rules. @see https://learn.microsoft.com/azure/app-service/manage-automatic-scaling */
function automaticScaling(plan: TerraformResource, document: TerraformDocument): Autoscale | null {
  const argument = 'premium_plan_auto_scale_enabled';
  const enabled = booleanOf(plan, argument, document, false);
  if (enabled === false) return null;
  const fewest = isUnknown(enabled)
    ? enabled
    : unknown(plan, argument, 'scales each app from its always ready instances, which azurerm has no argument for');
  const most = 'maximum_elastic_worker_count';
  return {
    address: plan.address,
    minimum: fewest,
    default: fewest,
    maximum: isUnknown(enabled) ? enabled : settled(numberOf(plan, most, document, null), plan, most),
  };
}

export function readPlanFacts(plan: TerraformResource, document: TerraformDocument): PlanFacts {
  const { instances } = planKind(plan.type);
  const [argument = instances] = instances.split('.');
  const setting = autoscaleOf(plan, document);
  return {
    address: plan.address,
    os: osOf(plan, document),
    location: locationOf(plan, document),
    instancesArgument: argument,
    ignoresInstances: document.planned
      ? unknown(plan, 'lifecycle', 'is not shown by a plan')
      : ignored(plan).some((name) => name === 'all' || name.split(/[.[]/)[0] === argument),
    statesInstances: states(plan, instances),
    scaling: setting ? readScaling(setting, document) : null,
  };
}

function osOf(plan: TerraformResource, document: TerraformDocument): Known<string> {
  if (plan.type === 'azurerm_service_plan') return settled(textOf(plan, 'os_type', document, null), plan, 'os_type');
  return mapKnown(textOf(plan, 'kind', document, 'Windows'), (kind) => (/linux/i.test(kind) ? 'Linux' : 'Windows'));
}

/** Names in `lifecycle.ignore_changes`: a list of bare names, or the word all. */
function ignored({ body: { lifecycle } }: TerraformResource): string[] {
  const [block] = [lifecycle].flat();
  const names = isObject(block) ? block.ignore_changes : undefined;
  return [names]
    .flat()
    .filter((name) => typeof name === 'string')
    .map((name) => name.replace(/^\$\{|\}$/g, ''));
}

function readScaling(setting: TerraformResource, document: TerraformDocument): Known<readonly ScaleRule[]> {
  return everyKnown(innerBlocks(setting, 'profile.rule'), (rule) => ({
    direction: settled(textOf(rule, 'scale_action.direction', document, null), rule, 'scale_action.direction'),
    metric: settled(textOf(rule, 'metric_trigger.metric_name', document, null), rule, 'metric_trigger.metric_name'),
  }));
}
