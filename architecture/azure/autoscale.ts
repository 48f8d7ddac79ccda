import type { Autoscale, ScaleRule } from '../deployment';
import { everyKnown, isUnknown, type Known, mapKnown } from '../known';
import { booleanOf, innerBlocks, requiredNumber, requiredText, textOf, unknown } from '../terraform/arguments';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { named, refersTo } from '../terraform/references';
import { planTypes } from './appServiceArguments';
import { autoscaleDefaults, servicePlanDefaults } from './defaults';

/** The autoscale setting in force for a plan, over all its profiles: the fewest instances, and the most. */
export function readAutoscale(plan: TerraformResource, document: TerraformDocument): Autoscale | null {
  const setting = settingOf(plan, document);
  if (!setting) return automaticScaling(plan, document);
  const { address } = setting;
  const rules = rulesOf(setting, document);
  const target = named(setting, 'target_resource_id', document, planTypes);
  const enabled = booleanOf(setting, 'enabled', document, autoscaleDefaults.enabled);
  const profiles = innerBlocks(setting, 'profile');
  const open = [target, enabled, profiles].find(isUnknown);
  if (open || isUnknown(profiles) || profiles.length === 0) {
    const why = open ?? unknown(setting, 'profile', 'is missing');
    return { address, minimum: why, default: why, maximum: why, rules, profiles: why };
  }
  const bound = (path: string, among: (...values: number[]) => number) =>
    mapKnown(
      everyKnown(profiles, (profile) => requiredNumber(profile, path, document)),
      (values) => among(...values),
    );
  return {
    address,
    minimum: bound('capacity.minimum', Math.min),
    default: bound('capacity.default', Math.min),
    maximum: bound('capacity.maximum', Math.max),
    rules,
    profiles: profiles.map((profile) => ({
      name: String(profile.body.name ?? ''),
      minimum: requiredNumber(profile, 'capacity.minimum', document),
      maximum: requiredNumber(profile, 'capacity.maximum', document),
      rules: everyKnown(innerBlocks(profile, 'rule'), (rule) => readRule(rule, document)),
    })),
  };
}

/** A setting that may be for this plan, and is not turned off. */
const settingOf = (plan: TerraformResource, document: TerraformDocument): TerraformResource | undefined =>
  ofType(document, 'azurerm_monitor_autoscale_setting').find(
    (setting) =>
      refersTo(setting, 'target_resource_id', plan, document) &&
      booleanOf(setting, 'enabled', document, autoscaleDefaults.enabled) !== false,
  );

/** Scaling by the platform, without rules. @see https://learn.microsoft.com/azure/app-service/manage-automatic-scaling */
function automaticScaling(plan: TerraformResource, document: TerraformDocument): Autoscale | null {
  const argument = 'premium_plan_auto_scale_enabled';
  const enabled = booleanOf(plan, argument, document, servicePlanDefaults.automaticScaling);
  if (enabled === false) return null;
  const fewest = isUnknown(enabled)
    ? enabled
    : unknown(plan, argument, 'scales each app from its always ready instances, which azurerm has no argument for');
  return {
    address: plan.address,
    minimum: fewest,
    default: fewest,
    maximum: isUnknown(enabled) ? enabled : requiredNumber(plan, 'maximum_elastic_worker_count', document),
    rules: null,
    profiles: null,
  };
}

const rulesOf = (setting: TerraformResource, document: TerraformDocument): Known<readonly ScaleRule[]> =>
  everyKnown(innerBlocks(setting, 'profile.rule'), (rule) => readRule(rule, document));

function readRule(rule: TerraformResource, document: TerraformDocument): ScaleRule {
  const type = textOf(rule, 'scale_action.type', document, null);
  return {
    direction: requiredText(rule, 'scale_action.direction', document),
    metric: requiredText(rule, 'metric_trigger.metric_name', document),
    threshold: requiredNumber(rule, 'metric_trigger.threshold', document),
    step: isUnknown(type) || type === 'ChangeCount' ? requiredNumber(rule, 'scale_action.value', document) : null,
  };
}
