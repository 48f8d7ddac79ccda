import type { FrontDoorProbe, OriginGroup } from '../entryLayers';
import { isUnknown, mapKnown, product } from '../known';
import { booleanOf, innerBlocks, numberOf, requiredText, states, textOf } from '../terraform/arguments';
import type { TerraformDocument, TerraformResource } from '../terraform/document';
import { originGroupDefaults as byDefault } from './defaults';

/** An origin group of Front Door with its probe. */
export function readOriginGroup(group: TerraformResource, document: TerraformDocument): OriginGroup {
  return {
    address: group.address,
    affinity: mapKnown(booleanOf(group, 'session_affinity_enabled', document, byDefault.affinity), (on) =>
      on ? 'on' : 'off',
    ),
    affinityStated: states(group, 'session_affinity_enabled'),
    latencyWindowMs: numberOf(
      group,
      'load_balancing.additional_latency_in_milliseconds',
      document,
      byDefault.latencyWindowMs,
    ),
    probe: mapKnown(innerBlocks(group, 'health_probe'), ([probe]) =>
      probe ? readProbe(probe, group, document) : null,
    ),
  };
}

function readProbe(probe: TerraformResource, group: TerraformResource, document: TerraformDocument): FrontDoorProbe {
  const balancing = (argument: 'sample_size' | 'successful_samples_required', value: number) =>
    numberOf(group, `load_balancing.${argument}`, document, value);
  const sampleSize = balancing('sample_size', byDefault.sampleSize);
  const successfulSamplesRequired = balancing('successful_samples_required', byDefault.successfulSamplesRequired);
  const misses = isUnknown(sampleSize)
    ? sampleSize
    : mapKnown(successfulSamplesRequired, (least) => sampleSize - least + 1);
  const intervalSeconds = numberOf(probe, 'interval_in_seconds', document, byDefault.probeIntervalSeconds);
  return {
    address: probe.address,
    // It has no default: a probe without it does not show whether HTTP or HTTPS is used.
    protocol: requiredText(probe, 'protocol', document),
    path: textOf(probe, 'path', document, byDefault.probePath),
    host: null,
    hostFromSettings: true,
    statusCodes: byDefault.statusCodes,
    intervalSeconds,
    sampleSize,
    successfulSamplesRequired,
    detectionSeconds: product(intervalSeconds, misses),
  };
}
