import type { Deployment } from '../architecture/deployment';
import type { Probe } from '../architecture/entryLayers';
import { isUnknown, type Known } from '../architecture/known';
import { layersInFront } from '../architecture/layersInFront';

export interface LayerProbe {
  /** The probe, or the layer whose probe is unknown. */
  readonly resource: string;
  readonly probe: Known<Probe>;
}

/** How the layers in front of the apps find out whether they are healthy. */
export function probesOf(deployment: Deployment): LayerProbe[] {
  const { gateways, frontDoors, trafficManagers } = layersInFront(deployment);
  const layers: readonly (readonly [string, Known<readonly Probe[]>])[] = [
    ...gateways.map(({ address, probes }) => [address, probes] as const),
    ...frontDoors
      .flatMap(({ groups }) => groups)
      .map(({ address, probe }) => [address, isUnknown(probe) ? probe : probe ? [probe] : []] as const),
    ...trafficManagers.map(({ address, probe }) => [address, [probe]] as const),
  ];
  return layers.flatMap(([resource, probes]): LayerProbe[] =>
    isUnknown(probes) ? [{ resource, probe: probes }] : probes.map((probe) => ({ resource: probe.address, probe })),
  );
}
