import type { Deployment, WebApp } from '../architecture/deployment';
import type { ApplicationGateway } from '../architecture/entryLayers';
import type { Known } from '../architecture/known';
import { layersInFront } from '../architecture/layersInFront';

/** A layer in front of an app that may put another host in the place of the client's. */
export interface HostLayer {
  /** The origin, or the gateway. */
  readonly layer: string;
  readonly preserved: Known<boolean>;
  /** null: it is an origin of Front Door, which also sends X-Forwarded-Host. */
  readonly gateway: ApplicationGateway | null;
}

export function hostLayers(deployment: Deployment, { address }: WebApp): HostLayer[] {
  const { frontDoors, gateways } = layersInFront(deployment);
  const leads = ({ apps }: { readonly apps: readonly string[] }) => apps.includes(address);
  return [
    ...frontDoors
      .flatMap(({ origins }) => origins)
      .filter(leads)
      .map((origin) => ({ layer: origin.address, preserved: origin.hostPreserved, gateway: null })),
    ...gateways.filter(leads).map((gateway) => ({ layer: gateway.address, preserved: gateway.hostPreserved, gateway })),
  ];
}
