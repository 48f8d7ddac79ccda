/** Which regions share the secret that signs and seals sessions. */

import { createHash } from 'node:crypto';
import type { Deployment, WebApp } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import { argumentsOf, blocksOf } from './written';

/** Equal for two apps with the same secret. One that is unknown or left out counts as the same everywhere. */
export function secretOf({ resources }: Deployment, { address, cookieSecret }: WebApp): string {
  if (cookieSecret === null || isUnknown(cookieSecret)) return 'shared';
  const settings = resources.find((each) => each.address === address)?.attributes.app_settings;
  const stated = settings && typeof settings === 'object' ? (settings as Record<string, unknown>).SESSION_SECRET : null;
  if (cookieSecret !== 'literal' || typeof stated !== 'string') return originOf(resources, cookieSecret);
  return createHash('sha256').update(stated).digest('hex');
}

const vaultSecret = /azurerm_key_vault_secret\.[\w-]+/;

/** Each region's vault may have a copy: then the secret is the one that was copied, through any number of vaults. */
function originOf(resources: Deployment['resources'], key: string): string {
  const seen = new Set<string>();
  let origin = key;
  for (let address = vaultSecret.exec(key)?.[0]; address !== undefined && !seen.has(address); ) {
    seen.add(address);
    origin = address;
    const { value_wo, value } = argumentsOf({ resources }, address);
    const copied = value_wo ?? value;
    address = typeof copied === 'string' ? vaultSecret.exec(copied)?.[0] : undefined;
  }
  return origin;
}

/** Whether App Service reads the secret from Key Vault at each start of the app. */
export function isFromVault(deployment: Deployment, { address }: WebApp): boolean {
  const [settings = {}] = blocksOf(argumentsOf(deployment, address), 'app_settings');
  return typeof settings.SESSION_SECRET === 'string' && /^\s*@Microsoft\.KeyVault\(/i.test(settings.SESSION_SECRET);
}
