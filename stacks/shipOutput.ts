import { TerraformOutput, type TerraformStack } from 'cdktf';
import { slotName } from './region/hosting';
import type { RegionApp } from './region/regionApp';

export interface ShipOutputProps {
  /** In the order in which they are shipped. */
  readonly apps: readonly RegionApp[];
  /** The path that answers 200 when the app is ready. */
  readonly healthPath: string;
  /** Where users go. */
  readonly url: string;
  /** Whether browsers trust the certificate that users see. */
  readonly trustedCertificate: boolean;
  /** Whether the storage of packages is reached from inside the network alone. */
  readonly privateStorage: boolean;
}

/**
 * What `npm run ship` needs to know: per region the app, the storage of packages, and where `/healthz` answers.
 *
 * The entry is asked, because an app behind a gateway or Front Door has no address of its own that answers. A slot
 * is asked at its own host: behind Front Door the deployer's addresses may call it, behind a gateway only the network may.
 */
export function declareShipOutput(
  stack: TerraformStack,
  { apps, healthPath, url, trustedCertificate, privateStorage }: ShipOutputProps,
): void {
  const at = (host: string) => `https://${host}${healthPath}`;
  const value = {
    regions: apps.flatMap(({ region: { location, package: storage }, app, slot }) =>
      storage === undefined
        ? []
        : [
            {
              location,
              app_id: app.id,
              health_url: `${url}${healthPath}`,
              storage_account_id: storage.accountId,
              container: storage.containerName,
              slots: slot ? { [slotName]: { app_id: slot.id, health_url: at(slot.defaultHostname) } } : {},
            },
          ],
    ),
    self_signed: !trustedCertificate,
    private_storage: privateStorage,
  };
  new TerraformOutput(stack, 'ship', {
    value,
    description: 'What `npm run ship` reads: where the code goes, region by region.',
  });
}
