import { TerraformOutput, type TerraformStack } from 'cdktf';
import { slotName } from './region/hosting';
import type { Region } from './region/region';
import { healthPath } from './region/siteConfig';
import type { Settings } from './settings';
import type { Variant } from './variant';

export interface ShipOutputProps {
  readonly variant: Variant;
  readonly settings: Settings;
  /** In the order in which they are shipped. */
  readonly regions: readonly Region[];
  /** Where users go. */
  readonly url: string;
}

/**
 * What `npm run ship` needs to know: per region the app, the storage of packages, and where `/healthz` answers.
 *
 * An app that is reached through a gateway or Front Door has no address of its own that answers, so the entry is asked. A slot
 * is asked at its own host: behind Front Door the deployer's addresses are let in there, behind a gateway only the network is.
 */
export function declareShipOutput(stack: TerraformStack, { variant, settings, regions, url }: ShipOutputProps): void {
  const at = (host: string) => `https://${host}${healthPath}`;
  const value = {
    regions: regions.flatMap(({ location, app, slot, package: storage }) =>
      storage === undefined
        ? []
        : [
            {
              location,
              app_id: app.id,
              health_url: variant.entry === 'app-service' ? at(app.defaultHostname) : `${url}${healthPath}`,
              storage_account_id: storage.accountId,
              container: storage.containerName,
              slots: slot ? { [slotName]: { app_id: slot.id, health_url: at(slot.defaultHostname) } } : {},
            },
          ],
    ),
    // A certificate of your own cannot fit the name that Azure gives to the gateway.
    self_signed:
      variant.entry === 'application-gateway' &&
      (typeof settings.certificate === 'string' || settings.domain === 'none'),
  };
  new TerraformOutput(stack, 'ship', {
    value,
    description: 'What `npm run ship` reads: where the code goes, region by region.',
  });
}
