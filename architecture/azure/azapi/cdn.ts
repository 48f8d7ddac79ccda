import { isExpression } from '../../terraform/expression';
import type { JsonObject } from '../../terraform/json';
import { at, block, each, flag, type Mapping, pick } from './mapping';

/** Front Door Standard and Premium. @see https://learn.microsoft.com/azure/templates/microsoft.cdn/profiles */
export const cdnMappings: Readonly<Record<string, Mapping>> = {
  'microsoft.cdn/profiles': {
    // The same type without Front Door's tiers is the classic CDN.
    type: (body) =>
      /_AzureFrontDoor$/i.test(String(at(body, 'sku.name'))) || isExpression(at(body, 'sku.name'))
        ? 'azurerm_cdn_frontdoor_profile'
        : 'azapi_cdn_profile',
    read: (body) => pick(body, { sku_name: 'sku.name' }),
  },
  'microsoft.cdn/profiles/afdendpoints': {
    type: () => 'azurerm_cdn_frontdoor_endpoint',
    read: (body, { parent }) => ({
      cdn_frontdoor_profile_id: parent,
      enabled: flag(at(body, 'properties.enabledState')),
    }),
  },
  'microsoft.cdn/profiles/origingroups': {
    type: () => 'azurerm_cdn_frontdoor_origin_group',
    read: (body, { parent }) => ({
      cdn_frontdoor_profile_id: parent,
      session_affinity_enabled: flag(at(body, 'properties.sessionAffinityState')),
      load_balancing: block(
        pick(body, {
          sample_size: 'properties.loadBalancingSettings.sampleSize',
          successful_samples_required: 'properties.loadBalancingSettings.successfulSamplesRequired',
          additional_latency_in_milliseconds: 'properties.loadBalancingSettings.additionalLatencyInMilliseconds',
        }),
      ),
      health_probe: block(
        pick(body, {
          protocol: 'properties.healthProbeSettings.probeProtocol',
          path: 'properties.healthProbeSettings.probePath',
          interval_in_seconds: 'properties.healthProbeSettings.probeIntervalInSeconds',
        }),
      ),
    }),
    defaults: { session_affinity_enabled: false },
  },
  'microsoft.cdn/profiles/origingroups/origins': {
    type: () => 'azurerm_cdn_frontdoor_origin',
    read: (body, { parent }) => ({
      cdn_frontdoor_origin_group_id: parent,
      ...pick(body, {
        host_name: 'properties.hostName',
        origin_host_header: 'properties.originHostHeader',
        priority: 'properties.priority',
        weight: 'properties.weight',
      }),
      enabled: flag(at(body, 'properties.enabledState')),
      private_link: block(
        pick(body, {
          private_link_target_id: 'properties.sharedPrivateLinkResource.privateLink.id',
          target_type: 'properties.sharedPrivateLinkResource.groupId',
          location: 'properties.sharedPrivateLinkResource.privateLinkLocation',
        }),
      ),
    }),
  },
  'microsoft.cdn/profiles/afdendpoints/routes': {
    type: () => 'azurerm_cdn_frontdoor_route',
    read: (body, { parent }) => ({
      cdn_frontdoor_endpoint_id: parent,
      ...pick(body, {
        cdn_frontdoor_origin_group_id: 'properties.originGroup.id',
        patterns_to_match: 'properties.patternsToMatch',
        supported_protocols: 'properties.supportedProtocols',
        forwarding_protocol: 'properties.forwardingProtocol',
        cache: 'properties.cacheConfiguration',
      }),
      cdn_frontdoor_custom_domain_ids: each(at(body, 'properties.customDomains'), 'id'),
      https_redirect_enabled: flag(at(body, 'properties.httpsRedirect')),
      enabled: flag(at(body, 'properties.enabledState')),
    }),
  },
  'microsoft.cdn/profiles/customdomains': {
    type: () => 'azurerm_cdn_frontdoor_custom_domain',
    read: (body) => pick(body, { host_name: 'properties.hostName' }),
  },
  'microsoft.cdn/profiles/securitypolicies': {
    type: () => 'azurerm_cdn_frontdoor_security_policy',
    read: (body, { parent }) => ({
      cdn_frontdoor_profile_id: parent,
      security_policies: {
        firewall: pick(body, { cdn_frontdoor_firewall_policy_id: 'properties.parameters.wafPolicy.id' }),
      },
    }),
  },
  'microsoft.network/frontdoorwebapplicationfirewallpolicies': {
    type: () => 'azurerm_cdn_frontdoor_firewall_policy',
    read: (body): JsonObject => ({
      mode: at(body, 'properties.policySettings.mode'),
      enabled: flag(at(body, 'properties.policySettings.enabledState')),
      sku_name: at(body, 'sku.name'),
    }),
  },
};
