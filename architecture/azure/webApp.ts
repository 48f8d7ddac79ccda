import type { RedisCache, Region, ServicePlan } from '../deployment';
import type { AffinityState } from '../entryLayers';
import { isUnknown, type Known, mapKnown } from '../known';
import { booleanOf, locationOf, numberOf, states, textOf } from '../terraform/arguments';
import { ofType, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { mentioned, named, refersTo, unresolved } from '../terraform/references';
import { openByDefault, publicAccess, restrictionsOf } from './accessRestrictions';
import { planTypes, webAppArguments } from './appServiceArguments';
import { numberSetting } from './appSettings';
import { readStack } from './appStack';
import { webAppDefaults } from './defaults';
import { deploymentSiteOf } from './deploymentSite';
import { hasPrivateEndpoint } from './network';
import { privateNameOf } from './privateName';
import { cookieSecret, secretSettings } from './secretSettings';
import { planNotRead } from './servicePlan';
import { redisOf, sessionsOf } from './sessions';
import { readSignIn } from './signIn';
import { readSlots } from './slots';

/** Readers of what an app refers to. */
export interface AppReaders {
  readonly plan: (plan: TerraformResource) => ServicePlan;
  readonly cache: (cache: TerraformResource) => RedisCache;
}

/** A web app in its place, with the plan that it runs on and the Redis that its settings name. */
export function readWebApp(
  app: TerraformResource,
  document: TerraformDocument,
  read: AppReaders,
): Pick<Region, 'app' | 'location' | 'redis'> {
  const found = redisOf(app, document);
  const cache = mapKnown(found, (one) => (one ? read.cache(one) : null));
  const redis = isUnknown(cache) ? null : cache;
  const { slot, minimumTls } = webAppArguments(app.type);
  return {
    location: locationOf(app, document),
    redis,
    app: {
      address: app.address,
      multiplied: app.multiplied,
      plan: planOf(app, document, read),
      affinity: affinityOf(app, document),
      affinityProxied: booleanOf(app, 'client_affinity_proxy_enabled', document, webAppDefaults.affinityProxied),
      affinityPartitioned: booleanOf(
        app,
        'client_affinity_partitioning_enabled',
        document,
        webAppDefaults.affinityPartitioned,
      ),
      affinityStated: states(app, 'client_affinity_enabled'),
      healthCheckPath: textOf(app, 'site_config.health_check_path', document, null),
      healthCheckEvictionMinutes: evictionMinutes(app, document),
      healthCheckMaxUnhealthyPercent: numberSetting(app, 'WEBSITE_HEALTHCHECK_MAXUNHEALTHYWORKERPERCENT', document),
      stopTimeLimitSeconds: numberSetting(app, 'WEBSITES_CONTAINER_STOP_TIME_LIMIT', document),
      hasSlot: ofType(document, slot.type).some((one) => refersTo(one, slot.app, app, document)),
      ownInstances: numberOf(app, 'site_config.worker_count', document, null),
      sessions: sessionsOf(app, cache, document),
      httpsOnly: booleanOf(app, 'https_only', document, webAppDefaults.httpsOnly),
      minimumTls: textOf(app, minimumTls, document, webAppDefaults.minimumTls),
      publicAccess: publicAccess(app, document),
      openByDefault: openByDefault(app, document),
      restrictions: restrictionsOf(app, document),
      hasPrivateEndpoint: hasPrivateEndpoint(app, document, 'sites'),
      secretSettings: secretSettings(app, document),
      cookieSecret: cookieSecret(app),
      privateName: privateNameOf(app, document),
      signIn: readSignIn(app, document),
      slots: readSlots(app, document, read.cache),
      deploymentSite: deploymentSiteOf(app, document, publicAccess(app, document)),
      boundHosts: boundHosts(app, document),
      stack: readStack(app, document),
    },
  };
}

function boundHosts(app: TerraformResource, document: TerraformDocument): string[] {
  return ofType(document, 'azurerm_app_service_custom_hostname_binding')
    .filter((one) => refersTo(one, 'app_service_name', app, document))
    .flatMap((one) => {
      const host = textOf(one, 'hostname', document, null);
      return isUnknown(host) || host === null ? [] : [host.toLowerCase()];
    });
}

function planOf(app: TerraformResource, document: TerraformDocument, read: AppReaders): ServicePlan {
  const { plan: argument } = webAppArguments(app.type);
  const plan = named(app, argument, document, planTypes);
  if (!plan) return planNotRead(unresolved(app, argument, 'service plan', document));
  if (!isUnknown(plan)) return read.plan(plan);
  const mayBe = [...new Set(mentioned(app.body[argument], document))].filter(({ type }) => planTypes.includes(type));
  return planNotRead(plan, mayBe.map(read.plan));
}

function affinityOf(app: TerraformResource, document: TerraformDocument): Known<AffinityState> {
  const affinity = booleanOf(app, 'client_affinity_enabled', document, webAppDefaults.affinity);
  return mapKnown(affinity, (on) => (on ? 'on' : 'off'));
}

/** A provider without an argument for it takes the app setting that the argument writes; 0 means left out. */
function evictionMinutes(app: TerraformResource, document: TerraformDocument): Known<number | null> {
  const minutes = numberOf(app, 'site_config.health_check_eviction_time_in_min', document, null);
  return minutes === null || minutes === 0
    ? numberSetting(app, 'WEBSITE_HEALTHCHECK_MAXPINGFAILURES', document)
    : minutes;
}
