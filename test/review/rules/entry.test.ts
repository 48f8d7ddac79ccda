import { foreignOriginHost } from '../../../review/rules/foreignOriginHost';
import { unlockedOrigin } from '../../../review/rules/unlockedOrigin';
import { unreachableRegion } from '../../../review/rules/unreachableRegion';
import { wafPrevention } from '../../../review/rules/wafPrevention';
import { frontDoor, gateway, ruleCases, secondApp } from '../../support/review/terraform';

const app = 'azurerm_linux_web_app.app';
const second = 'azurerm_linux_web_app.second';
const door = (fdid: unknown) => ({
  ip_restriction_default_action: 'Deny',
  ip_restriction: [
    {
      name: 'door',
      service_tag: 'AzureFrontDoor.Backend',
      ...(fdid === undefined ? {} : { headers: [{ x_azure_fdid: fdid }] }),
    },
  ],
});
/** Everybody is let in, except by one rule. */
const allowedBut = (rule: object) => ({
  site: { ip_restriction_default_action: 'Allow', ip_restriction: [rule] },
  more: gateway(),
});

const besideLocked = (site: object) => ({
  azurerm_linux_web_app_slot: { stage: { app_service_id: `\${${app}.id}`, https_only: true, site_config: site } },
});
const office = { ip_restriction_default_action: 'Deny', ip_restriction: { ip_address: '203.0.113.0/24' } };

ruleCases(unlockedOrigin, [
  [
    'a slot that is open beside an app with addresses of its own',
    { site: office, more: besideLocked({}) },
    `not applicable: ${app} is its own entry`,
    'finding azurerm_linux_web_app_slot.stage: The slot answers anybody, while its app lets in only whom its restrictions name: a slot takes over none of them.',
  ],
  [
    'a slot with the same addresses',
    { site: office, more: besideLocked(office) },
    `not applicable: ${app} is its own entry`,
    'compliant azurerm_linux_web_app_slot.stage',
  ],
  [
    'a slot of an app that is open, too',
    { more: besideLocked({}) },
    `not applicable: ${app} is its own entry`,
    'not applicable: azurerm_linux_web_app_slot.stage is its own entry',
  ],
  ['no public access', { app: { public_network_access_enabled: false }, more: gateway() }, `compliant ${app}`],
  [
    'service tag and profile id',
    { site: door(['${azurerm_cdn_frontdoor_profile.door.resource_guid}']), more: frontDoor() },
    `compliant ${app}`,
  ],
  [
    'open to anybody behind Front Door',
    { more: frontDoor() },
    `finding ${app}: The app answers anybody who knows its default host name, so clients can avoid the entry and its firewall.`,
  ],
  [
    'open to anybody behind a gateway',
    { more: gateway() },
    `finding ${app}: The app answers anybody who knows its default host name, so clients can avoid the entry and its firewall.`,
  ],
  [
    'the service tag alone',
    { site: door(undefined), more: frontDoor() },
    `finding ${app}: The app allows every Front Door, also those of other customers: the service tag alone does not identify yours.`,
  ],
  [
    'an empty list of ids',
    { site: door([]), more: frontDoor() },
    `finding ${app}: The app allows every Front Door, also those of other customers: the service tag alone does not identify yours.`,
  ],
  ['nothing in front', {}, `not applicable: ${app} is its own entry`],
  [
    'public access that is a variable',
    { app: { public_network_access_enabled: '${var.open}' }, more: gateway() },
    `cannot tell ${app}: ${app}.public_network_access_enabled is \${var.open}`,
  ],
  ...[
    { ip_address: '0.0.0.0/0' },
    { ip_address: '::/0' },
    { service_tag: 'Internet' },
    { service_tag: 'AzureCloud' },
  ].map((from): [string, object, string] => [
    `a rule that allows ${Object.values(from)[0]} beside Front Door`,
    {
      site: {
        ip_restriction_default_action: 'Deny',
        ip_restriction: [
          { name: 'all', action: 'Allow', ...from },
          { service_tag: 'AzureFrontDoor.Backend', headers: { x_azure_fdid: ['1'] } },
        ],
      },
      more: frontDoor(),
    },
    `finding ${app}: The restriction all allows ${Object.values(from)[0]}: anybody can avoid the entry and its firewall.`,
  ]),
  [
    'rules that deny let nobody in',
    {
      site: {
        ip_restriction_default_action: 'Deny',
        ip_restriction: [
          { action: 'Deny', ip_address: '0.0.0.0/0' },
          { action: 'Deny', service_tag: 'AzureFrontDoor.Backend' },
        ],
      },
      more: frontDoor(),
    },
    `compliant ${app}`,
  ],
  [
    'a rule that denies all is the default action',
    {
      site: {
        ...door(['1']),
        ip_restriction_default_action: 'Allow',
        ip_restriction: [
          { service_tag: 'AzureFrontDoor.Backend', headers: { x_azure_fdid: ['1'] } },
          { name: 'rest', action: 'Deny', ip_address: '0.0.0.0/0' },
        ],
      },
      more: frontDoor(),
    },
    `compliant ${app}`,
  ],
  ...[{ service_tag: 'AzureCloud' }, { ip_address: '::/0' }, { ip_address: '203.0.113.0/24' }].map(
    (from): [string, object, string] => [
      `a rule that denies ${Object.values(from)[0]} leaves the rest`,
      allowedBut({ action: 'Deny', ...from }),
      `finding ${app}: The app answers anybody who knows its default host name, so clients can avoid the entry and its firewall.`,
    ],
  ),
  ...[{ service_tag: 'Internet' }, { ip_address: '::/0,0.0.0.0/0' }].map((from): [string, object, string] => [
    `a rule that denies ${Object.values(from)[0]} leaves nobody`,
    allowedBut({ action: 'Deny', ...from }),
    `compliant ${app}`,
  ]),
  ...[
    { action: 'Deny', ip_address: '${var.denied}' },
    { action: 'Deny', service_tag: '${var.denied}' },
    { action: '${var.denied}', ip_address: '0.0.0.0/0' },
  ].map((rule): [string, object, string] => {
    const argument = Object.entries(rule).find(([, value]) => value.startsWith('$'))?.[0];
    return [
      `a rule that may deny all, of which ${argument} is a variable`,
      allowedBut(rule),
      `cannot tell ${app}: ${app}.site_config.ip_restriction.${argument} is \${var.denied}`,
    ];
  }),
  [
    'a rule that denies a part or lets it in, whichever',
    allowedBut({ action: '${var.denied}', ip_address: '10.0.0.0/8' }),
    `finding ${app}: The app answers anybody who knows its default host name, so clients can avoid the entry and its firewall.`,
  ],
  [
    'a subnet alone',
    {
      site: {
        ip_restriction_default_action: 'Deny',
        ip_restriction: [{ virtual_network_subnet_id: '${azurerm_subnet.gate.id}' }],
      },
      more: gateway(),
    },
    `compliant ${app}`,
  ],
  [
    'addresses that are a variable, and so may be all',
    {
      site: { ip_restriction_default_action: 'Deny', ip_restriction: [{ ip_address: '${var.office}' }] },
      more: gateway(),
    },
    `cannot tell ${app}: ${app}.site_config.ip_restriction.ip_address is \${var.office}`,
  ],
  [
    'ids that are a variable',
    { site: door('${var.ids}'), more: frontDoor() },
    `cannot tell ${app}: ${app}.site_config.ip_restriction.headers.x_azure_fdid is \${var.ids}`,
  ],
]);

const two = { azurerm_linux_web_app: secondApp() };
ruleCases(unreachableRegion, [
  [
    'two regions that one group leads to',
    { more: { ...two, ...frontDoor({ others: ['second'] }) } },
    `compliant ${app}`,
    `compliant ${second}`,
  ],
  [
    'no origin of the second',
    { more: { ...two, ...frontDoor() } },
    `compliant ${app}`,
    `finding ${second}: No origin of the entry leads to this region.`,
  ],
  [
    'an origin that is disabled',
    { more: { ...two, ...frontDoor({ origin: { enabled: false }, others: ['second'] }) } },
    `finding ${app}: Its origin azurerm_cdn_frontdoor_origin.app is disabled.`,
    `compliant ${second}`,
  ],
  [
    'a group that no route names',
    { more: { ...two, ...frontDoor({ route: { cdn_frontdoor_origin_group_id: '/elsewhere' }, others: ['second'] }) } },
    `finding ${app}: No route leads to the origin group of azurerm_cdn_frontdoor_origin.app.`,
    `finding ${second}: No route leads to the origin group of azurerm_cdn_frontdoor_origin.second.`,
  ],
  [
    'a route that is off',
    { more: { ...two, ...frontDoor({ route: { enabled: false }, others: ['second'] }) } },
    `finding ${app}: No route that is enabled leads to the origin group of azurerm_cdn_frontdoor_origin.app.`,
    `finding ${second}: No route that is enabled leads to the origin group of azurerm_cdn_frontdoor_origin.second.`,
  ],
  [
    'an endpoint that is off',
    {
      more: {
        ...two,
        ...frontDoor({
          route: { cdn_frontdoor_endpoint_id: '${azurerm_cdn_frontdoor_endpoint.e.id}' },
          others: ['second'],
        }),
        azurerm_cdn_frontdoor_endpoint: { e: { enabled: '${var.on}' } },
      },
    },
    `cannot tell ${app}: azurerm_cdn_frontdoor_endpoint.e.enabled is \${var.on}`,
    `cannot tell ${second}: azurerm_cdn_frontdoor_endpoint.e.enabled is \${var.on}`,
  ],
  [
    'Traffic Manager over one of two, whose endpoint is off',
    {
      more: {
        ...two,
        azurerm_traffic_manager_profile: { tm: { traffic_routing_method: 'Priority' } },
        azurerm_traffic_manager_azure_endpoint: {
          a: {
            profile_id: '${azurerm_traffic_manager_profile.tm.id}',
            target_resource_id: `\${${app}.id}`,
            priority: 1,
            enabled: false,
          },
        },
      },
    },
    `finding ${app}: Its endpoint of Traffic Manager is disabled.`,
    `finding ${second}: No endpoint of Traffic Manager leads to this region.`,
  ],
  [
    'two regions with nothing in front',
    { more: two },
    `finding ${app}: Nothing in front of the regions sends clients to them.`,
    `finding ${second}: Nothing in front of the regions sends clients to them.`,
  ],
  ['one region', {}, 'not applicable: there is one region'],
  [
    'two apps in one region',
    { more: { azurerm_linux_web_app: secondApp({ location: 'West Europe' }) } },
    'not applicable: there is one region',
  ],
  [
    'an inner app beside one that is led to',
    {
      more: {
        azurerm_linux_web_app: { ...secondApp(), ...{ inner: secondApp({ location: 'westeurope' }).second } },
        ...frontDoor({ others: ['second'] }),
      },
    },
    `compliant ${app}`,
    `compliant ${second}`,
    `not applicable: ${app} is routed to in the same location as azurerm_linux_web_app.inner`,
  ],
  [
    'a place that is a variable',
    { more: { azurerm_linux_web_app: secondApp({ location: '${var.place}' }), ...frontDoor({ others: ['second'] }) } },
    `compliant ${app}`,
    `cannot tell ${second}: ${second}.location is \${var.place}`,
  ],
  [
    'a priority that is a variable',
    { more: { ...two, ...frontDoor({ origin: { priority: '${var.p}' }, others: ['second'] }) } },
    `cannot tell ${app}: azurerm_cdn_frontdoor_origin.app.priority is \${var.p}`,
    // None can come before the first.
    `compliant ${second}`,
  ],
]);

const origin = 'azurerm_cdn_frontdoor_origin.app';
const sentHost = (header: string) => ({ more: { ...two, ...frontDoor({ origin: { origin_host_header: header } }) } });
ruleCases(foreignOriginHost, [
  ['the host passed on', { more: frontDoor() }, `compliant ${origin}`],
  ['its own host', sentHost('${azurerm_linux_web_app.app.default_hostname}'), `compliant ${origin}`],
  [
    'the host of the other region, as in the reference architectures',
    sentHost('${azurerm_linux_web_app.second.default_hostname}'),
    `finding ${origin}: The origin leads to ${app} and sends it the host name of ${second}.`,
  ],
  ['no Front Door', {}, 'not applicable: there is no Front Door'],
  [
    'a host that is text',
    sentHost('shop.contoso.com'),
    `cannot tell ${origin}: ${origin}.origin_host_header names no web app of this document`,
  ],
]);

const firewall = 'azurerm_web_application_firewall_policy.waf';
ruleCases(wafPrevention, [
  ['a gateway that blocks', { more: gateway() }, `compliant ${firewall}`],
  ['a Front Door that blocks', { more: frontDoor() }, 'compliant azurerm_cdn_frontdoor_firewall_policy.waf'],
  [
    'a gateway that only detects',
    {
      more: {
        ...gateway(),
        azurerm_web_application_firewall_policy: { waf: { policy_settings: { mode: 'Detection' } } },
      },
    },
    `finding ${firewall}: The firewall is in Detection mode and blocks nothing.`,
  ],
  [
    'a Front Door whose policy is off',
    { more: frontDoor({ waf: { enabled: false } }) },
    'finding azurerm_cdn_frontdoor_firewall_policy.waf: The firewall is off.',
  ],
  [
    'a Front Door without one',
    { more: frontDoor({ waf: null }) },
    'finding azurerm_cdn_frontdoor_profile.door: The entry has no firewall policy.',
  ],
  [
    'a gateway without one',
    { more: gateway({ firewall_policy_id: undefined }) },
    'finding azurerm_application_gateway.gate: The entry has no firewall policy.',
  ],
  ['nothing in front', {}, 'not applicable: the app is its own entry, which has no firewall'],
  [
    'the policy of another profile',
    {
      more: {
        ...frontDoor(),
        azurerm_cdn_frontdoor_profile: { door: {}, other: {} },
        azurerm_cdn_frontdoor_security_policy: {
          guard: {
            ...frontDoor().azurerm_cdn_frontdoor_security_policy?.guard,
            cdn_frontdoor_profile_id: '${azurerm_cdn_frontdoor_profile.other.id}',
          },
        },
      },
    },
    'finding azurerm_cdn_frontdoor_profile.door: The entry has no firewall policy.',
  ],
  [
    'a Front Door whose policy a module may declare',
    { more: frontDoor({ waf: null }), modules: { waf: { source: './waf' } } },
    'cannot tell azurerm_cdn_frontdoor_profile.door: module.waf may declare its firewall policy',
  ],
  [
    'a Front Door whose profile another document declares',
    {
      more: {
        ...frontDoor({ waf: null, group: { cdn_frontdoor_profile_id: '${var.profile}' } }),
        azurerm_cdn_frontdoor_profile: {},
      },
    },
    'cannot tell azurerm_cdn_frontdoor_origin_group.group: the profile of Front Door is not in this document',
  ],
  [
    'a gateway without one, and perhaps a Front Door before it',
    {
      more: {
        ...gateway({ firewall_policy_id: undefined }),
        ...frontDoor({ waf: null, origin: { host_name: '${var.gateway}' } }),
      },
    },
    'cannot tell azurerm_application_gateway.gate: azurerm_cdn_frontdoor_origin.app.host_name is ${var.gateway}',
  ],
  ...[undefined, '${azurerm_web_application_firewall_policy.waf.id}'].map(
    (firewall_policy_id): [string, object, string] => [
      `a listener with a policy of its own, beside ${firewall_policy_id ? 'that' : 'none'} of the gateway`,
      {
        more: gateway({
          firewall_policy_id,
          http_listener: { name: 'https', protocol: 'Https', firewall_policy_id: '${var.policy}' },
        }),
      },
      'cannot tell azurerm_application_gateway.gate: azurerm_application_gateway.gate.http_listener.firewall_policy_id is a policy of that listener alone, which is not read',
    ],
  ),
  [
    'an entry that is not known',
    { more: { azurerm_frontdoor: { door: {} } } },
    'cannot tell fixture: azurerm_frontdoor.door may be in front of the app, and is of a kind that is not read',
  ],
  [
    'a mode that is a variable',
    { more: frontDoor({ waf: { mode: '${var.mode}' } }) },
    'cannot tell azurerm_cdn_frontdoor_firewall_policy.waf: azurerm_cdn_frontdoor_firewall_policy.waf.mode is ${var.mode}',
  ],
]);
