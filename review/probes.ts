import type { Facts, ProbeFacts } from '../architecture/deployment';
import { isUnknown, type Known } from '../architecture/model';

export interface LayerProbe {
  /** The probe, or the layer of which it cannot be told how it probes. */
  readonly resource: string;
  readonly probe: Known<ProbeFacts>;
}

/** How the layers in front of the apps find out whether they are healthy. */
export function probesOf({ gateways, frontDoor, trafficManagers }: Facts): LayerProbe[] {
  const layers: readonly (readonly [string, Known<readonly ProbeFacts[]>])[] = [
    ...gateways.map(({ address, probes }) => [address, probes] as const),
    ...(frontDoor?.groups ?? []).map(
      ({ address, probe }) => [address, isUnknown(probe) ? probe : probe ? [probe] : []] as const,
    ),
    ...trafficManagers.map(({ address, probe }) => [address, [probe]] as const),
  ];
  return layers.flatMap(([resource, probes]): LayerProbe[] =>
    isUnknown(probes) ? [{ resource, probe: probes }] : probes.map((probe) => ({ resource: probe.address, probe })),
  );
}
