import type { Deployment } from '../../architecture/deployment';
import type { Path } from './composed';
import { figures } from './figures';
import type { Stamp, Step } from './steps';

/** What requests need only now and then, so that the composite leaves it out. */
export interface Dependencies {
  /** In every region. */
  readonly regional: readonly Step[];
  /** One for all regions. */
  readonly global: readonly Step[];
}

/** Entra ID, Key Vault and storage, as far as the Terraform shows that the app needs them. */
export function dependenciesOf({ dataServices, caches, regions }: Deployment): Dependencies {
  const of = (service: string) => dataServices.filter((one) => one.service === service).length;
  const [vaults, accounts] = [of('Key Vault'), of('storage account')];
  const byIdentity = vaults > 0 || caches.some(({ accessKeys }) => accessKeys === false);
  const step = (figure: Step['figure']): Step => ({ figure, count: 1 });
  const each = (count: number, figure: Step['figure'], isRegional: boolean) =>
    count > 0 && count >= regions.length === isRegional ? [step(figure)] : [];
  return {
    regional: [...each(vaults, figures.keyVault, true), ...each(accounts, figures.storage, true)],
    global: [
      ...(byIdentity ? [step(figures.entra)] : []),
      ...each(vaults, figures.keyVault, false),
      ...each(accounts, figures.storage, false),
    ],
  };
}

export const withDependencies = ({ stamps, global }: Path, needs: Dependencies): Path => ({
  stamps: stamps.map((stamp): Stamp => ({ ...stamp, app: [...stamp.app, ...needs.regional] })),
  global: [...global, ...needs.global],
});
