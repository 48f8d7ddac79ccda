import type { Deployment, WebApp } from '../architecture/deployment';
import type { Probe } from '../architecture/entryLayers';
import { isUnknown, type Known } from '../architecture/known';
import { layersInFront } from '../architecture/layersInFront';

export interface LayerProbe {
  /** The probe, or the layer whose probe is unknown. */
  readonly resource: string;
  readonly probe: Known<Probe>;
  /** The apps that it asks without another layer between. */
  readonly apps: readonly WebApp[];
}

/** How the layers in front of the apps find out whether they are healthy. */
export function probesOf(deployment: Deployment): LayerProbe[] {
  const { gateways, frontDoors, trafficManagers } = layersInFront(deployment);
  const named = (addresses: readonly string[]) =>
    deployment.regions.flatMap(({ app }) => (addresses.includes(app.address) ? [app] : []));
  const layers: readonly (readonly [string, Known<readonly Probe[]>, readonly WebApp[]])[] = [
    ...gateways.map(({ address, probes, apps }) => [address, probes, named(apps)] as const),
    ...frontDoors.flatMap(({ groups, origins }) =>
      groups.map(({ address, probe }) => {
        const direct = origins.filter(({ group }) => group === address).flatMap((origin) => origin.direct);
        return [address, isUnknown(probe) ? probe : probe ? [probe] : [], named(direct)] as const;
      }),
    ),
    ...trafficManagers.map(({ address, probe, endpoints }) => {
      const direct = endpoints.flatMap((endpoint) => endpoint.direct);
      return [address, [probe], named(direct)] as const;
    }),
  ];
  return layers.flatMap(([resource, probes, apps]): LayerProbe[] =>
    isUnknown(probes)
      ? [{ resource, probe: probes, apps }]
      : probes.map((probe) => ({ resource: probe.address, probe, apps })),
  );
}
