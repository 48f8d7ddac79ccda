import type { RedisCache, Slot } from '../deployment';
import { isUnknown, type Known, mapKnown } from '../known';
import { booleanOf, stringsOf, textOf } from '../terraform/arguments';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { refersTo } from '../terraform/references';
import { openByDefault, publicAccess, restrictionsOf } from './accessRestrictions';
import { webAppArguments } from './appServiceArguments';
import { webAppDefaults } from './defaults';
import { deploymentSiteOf } from './deploymentSite';
import { cookieSecret, cookieSecretName, secretSettings } from './secretSettings';
import { redisOf, sessionsOf } from './sessions';
import { sessionSettingNames } from './usualSessions';

/** The deployment slots of a web app. A slot takes over no access restriction of its app. */
export function readSlots(
  app: TerraformResource,
  document: TerraformDocument,
  readRedis: (cache: TerraformResource) => RedisCache,
): Slot[] {
  const { slot, minimumTls } = webAppArguments(app.type);
  const inEnvironment = publicAccess(app, document);
  return ofType(document, slot.type)
    .filter((one) => refersTo(one, slot.app, app, document))
    .map((one) => {
      const stated = booleanOf(one, 'public_network_access_enabled', document, webAppDefaults.publicAccess);
      // The app's own environment may have no public address; a public app says nothing of its slot.
      const access = stated === true && hasOwnNetwork(app, document, inEnvironment) ? false : stated;
      return {
        address: one.address,
        publicAccess: access,
        openByDefault: openByDefault(one, document),
        restrictions: restrictionsOf(one, document),
        httpsOnly: booleanOf(one, 'https_only', document, webAppDefaults.httpsOnly),
        minimumTls: textOf(one, minimumTls, document, webAppDefaults.minimumTls),
        secretSettings: secretSettings(one, document),
        cookieSecret: cookieSecret(one),
        secretStays: staysWithSlot(app, one, document),
        ...slotSessions(app, one, document, readRedis),
        deploymentSite: deploymentSiteOf(one, document, access),
        autoSwap: textOf(one, 'site_config.auto_swap_slot_name', document, null),
      };
    });
}

function slotSessions(
  app: TerraformResource,
  slot: TerraformResource,
  document: TerraformDocument,
  readRedis: (cache: TerraformResource) => RedisCache,
): Pick<Slot, 'sessions' | 'redis' | 'sessionsStay'> {
  const found = redisOf(slot, document);
  const cache = mapKnown(found, (one) => (one ? readRedis(one) : null));
  const [own, production] = [sessionSettingNames(slot), sessionSettingNames(app)];
  const sticky = stringsOf(app, 'sticky_settings.app_setting_names', document);
  return {
    sessions: own.length === 0 ? null : sessionsOf(slot, cache, document),
    redis: mapKnown(cache, (one) => one?.address ?? null),
    sessionsStay: mapKnown(sticky, (names) => [...own, ...production].every((name) => names.includes(name))),
  };
}

/** Whether an environment keeps the app off the Internet although the app itself allows it. */
const hasOwnNetwork = (app: TerraformResource, document: TerraformDocument, access: Known<boolean>) =>
  access === false && booleanOf(app, 'public_network_access_enabled', document, webAppDefaults.publicAccess) === true;

/** Whether the app says that the setting with the cookie secret does not take part in a swap. */
function staysWithSlot(app: TerraformResource, slot: TerraformResource, document: TerraformDocument): Known<boolean> {
  const name = cookieSecretName(slot);
  const names = stringsOf(app, 'sticky_settings.app_setting_names', document);
  return isUnknown(name) ? name : mapKnown(names, (all) => name !== null && all.includes(name));
}
