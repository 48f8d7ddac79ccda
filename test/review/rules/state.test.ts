import { affinityBehindOverriddenHost } from '../../../review/rules/affinityBehindOverriddenHost';
import { affinityDefault } from '../../../review/rules/affinityDefault';
import { cookieSharedSecret } from '../../../review/rules/cookieSharedSecret';
import { inertGatewayAffinity } from '../../../review/rules/inertGatewayAffinity';
import { inProcessState } from '../../../review/rules/inProcessState';
import { needlessAffinity } from '../../../review/rules/needlessAffinity';
import {
  autoscale,
  deployment,
  frontDoor,
  gateway,
  onRedis,
  redis,
  ruleCases,
  secondApp,
} from '../../support/review/terraform';

const app = 'azurerm_linux_web_app.app';
const memory = { SESSION_STORE: 'memory' };
const unknownStore = { settings: { SESSION_STORE: '${var.store}' } };
const storeIsOpen = `${app}.SESSION_STORE is \${var.store}`;

const lost =
  'affinity is off, so consecutive requests of one user reach instances that do not have the session, without any failure';

test('sessions in several regions belong in a Redis that is in all of them', () => {
  const more = { azurerm_linux_web_app: secondApp(), ...frontDoor({ others: ['second'] }) };
  const [answer] = inProcessState.check(deployment({ settings: memory, more }));
  expect(answer).toMatchObject({ kind: 'finding', fix: expect.stringContaining('sessions=redis-geo') });
});

test.each([
  [true, 'Keep sessions in Redis (sessions=redis) and turn affinity off (appService=off).'],
  [false, 'Keep sessions in Redis (sessions=redis).'],
])('affinity that is %s is turned off only where it is on', (on, fix) => {
  const [answer] = inProcessState.check(deployment({ settings: memory, app: { client_affinity_enabled: on } }));
  expect(answer).toMatchObject({ kind: 'finding', fix });
});

ruleCases(inProcessState, [
  ['sessions in a cookie', {}, `compliant ${app}`],
  ['sessions in Redis', { settings: onRedis, more: redis() }, `compliant ${app}`],
  [
    'three instances pinned by affinity',
    { settings: memory, app: { client_affinity_enabled: true } },
    `finding ${app}: Sessions live in the memory of 3 instances: affinity keeps each user on one of them, and when that instance stops, its sessions are lost.`,
  ],
  [
    'two instances without affinity',
    { settings: memory, plan: { worker_count: 2 } },
    `finding ${app}: Sessions live in the memory of 2 instances: affinity is off, so consecutive requests of one user reach instances that do not have the session, without any failure.`,
  ],
  [
    'one instance alone',
    { settings: memory, plan: { worker_count: 1 } },
    `not applicable: ${app} runs on one instance`,
  ],
  [
    'one declared, and autoscale that keeps three',
    { settings: memory, plan: { worker_count: 1 }, more: autoscale() },
    `finding ${app}: Sessions live in the memory of 3 instances: ${lost}.`,
  ],
  [
    'three declared, and autoscale from one to nine',
    { settings: memory, more: autoscale({ minimum: 1 }) },
    `finding ${app}: Sessions live in the memory of up to 9 instances: ${lost}.`,
  ],
  [
    'one instance in each of two regions',
    {
      settings: memory,
      plan: { worker_count: 1 },
      more: {
        azurerm_linux_web_app: secondApp({ app_settings: memory }),
        ...frontDoor({ others: ['second'] }),
      },
    },
    `finding ${app}: Sessions live in the memory of one instance in each of 2 regions: ${lost}.`,
    `finding azurerm_linux_web_app.second: Sessions live in the memory of one instance in each of 2 regions: ${lost}.`,
  ],
  [
    'two apps of one instance in one place, which serve different requests',
    {
      settings: memory,
      plan: { worker_count: 1 },
      more: { azurerm_linux_web_app: secondApp({ location: 'westeurope' }) },
    },
    `not applicable: ${app} runs on one instance`,
    'compliant azurerm_linux_web_app.second',
  ],
  ['a store that is a variable', unknownStore, `cannot tell ${app}: ${storeIsOpen}`],
  [
    'a store that is a variable, on one instance alone',
    { ...unknownStore, plan: { worker_count: 1 } },
    `not applicable: ${app} runs on one instance`,
  ],
  [
    'a number of instances that is a variable',
    { settings: memory, plan: { worker_count: '${var.n}' } },
    `cannot tell ${app}: azurerm_service_plan.plan.worker_count is \${var.n}`,
  ],
]);

const sealedWith = (SESSION_SECRET: string) => ({
  azurerm_linux_web_app: secondApp({ app_settings: { SESSION_STORE: 'cookie', SESSION_SECRET } }),
});
const otherSecret = sealedWith('@Microsoft.KeyVault(VaultName=v;SecretName=other)');
const secretAt = (uri: string) => `@Microsoft.KeyVault(SecretUri=\${${uri}})`;
const different = (address: string) =>
  `finding ${address}: Regions seal cookies with different secrets: a client who reaches the other one is logged out.`;
ruleCases(cookieSharedSecret, [
  ['a reference to Key Vault', {}, `compliant ${app}`],
  [
    'the same secret by name in two regions',
    {
      more: {
        azurerm_linux_web_app: secondApp({
          app_settings: {
            SESSION_STORE: 'cookie',
            SESSION_SECRET: '@Microsoft.KeyVault(SecretUri=https://w.vault.azure.net/secrets/session)',
          },
        }),
      },
    },
    `compliant ${app}`,
    'compliant azurerm_linux_web_app.second',
  ],
  [
    'no secret',
    { settings: { SESSION_SECRET: undefined } },
    `finding ${app}: Sessions live in a sealed cookie and no secret is set: each instance creates its own.`,
  ],
  [
    'a literal secret, which the message does not repeat',
    { settings: { SESSION_SECRET: 'hunter2hunter2' } },
    `finding ${app}: The secret that seals cookies is written in the Terraform, and so in its state.`,
  ],
  [
    'another secret in the second region',
    { more: { ...otherSecret, ...frontDoor({ others: ['second'] }) } },
    different(app),
    different('azurerm_linux_web_app.second'),
  ],
  [
    'another secret in an app of which it is not known whether it serves the same requests',
    { more: otherSecret },
    `cannot tell ${app}: no origin group of a Front Door and no Traffic Manager leads to all of ${app}, azurerm_linux_web_app.second`,
    `cannot tell azurerm_linux_web_app.second: no origin group of a Front Door and no Traffic Manager leads to all of ${app}, azurerm_linux_web_app.second`,
  ],
  [
    'another secret by its variable',
    {
      settings: { SESSION_SECRET: secretAt('var.here') },
      more: { ...sealedWith(secretAt('var.there')), ...frontDoor({ others: ['second'] }) },
    },
    different(app),
    different('azurerm_linux_web_app.second'),
  ],
  [
    'the same secret by the same variable',
    {
      settings: { SESSION_SECRET: secretAt('var.here') },
      more: { ...sealedWith(secretAt('var.here')), ...frontDoor({ others: ['second'] }) },
    },
    `compliant ${app}`,
    'compliant azurerm_linux_web_app.second',
  ],
  [
    'a secret of each instance of an app',
    { app: { for_each: '${local.apps}' }, settings: { SESSION_SECRET: secretAt('each.value.secret') } },
    `cannot tell ${app}: ${app}.app_settings.SESSION_SECRET depends on each.value.secret`,
  ],
  [
    'a prefix of keys before the secret',
    {
      app: {
        app_settings: {
          SESSION_STORE: 'cookie',
          SESSION_PREFIX: 'sess:',
          SESSION_SECRET: '@Microsoft.KeyVault(VaultName=v;SecretName=session)',
        },
      },
    },
    `compliant ${app}`,
  ],
  [
    'a prefix of keys and no secret',
    { app: { app_settings: { SESSION_STORE: 'cookie', SESSION_PREFIX: 'sess:' } } },
    `finding ${app}: Sessions live in a sealed cookie and no secret is set: each instance creates its own.`,
  ],
  [
    'an app beside it that keeps its sessions elsewhere',
    { more: { azurerm_linux_web_app: secondApp({ app_settings: memory }) } },
    `compliant ${app}`,
    'not applicable: azurerm_linux_web_app.second keeps no session in a cookie',
  ],
  ['sessions in the process', { settings: memory }, `not applicable: ${app} keeps no session in a cookie`],
  ['a store that is a variable', unknownStore, `cannot tell ${app}: ${storeIsOpen}`],
]);

const gate = 'azurerm_application_gateway.gate';
const overriding = gateway({
  backend_http_settings: {
    cookie_based_affinity: 'Disabled',
    pick_host_name_from_backend_address: true,
    probe_name: 'health',
  },
});
ruleCases(affinityBehindOverriddenHost, [
  [
    'affinity behind a gateway that passes the host on',
    { app: { client_affinity_enabled: true }, more: gateway() },
    `compliant ${app}`,
  ],
  [
    'affinity behind a gateway that overrides it',
    { app: { client_affinity_enabled: true }, more: overriding },
    `finding ${gate}: The host name is overridden on the way to ${app}, so browsers reject its affinity cookie and every request may reach another instance.`,
  ],
  ['no affinity', { more: overriding }, `not applicable: ${app} has no affinity to break`],
  [
    'no affinity behind an entry that is not known',
    { more: { azurerm_frontdoor: { door: {} } } },
    `not applicable: ${app} has no affinity to break`,
  ],
  [
    'nothing in front',
    { app: { client_affinity_enabled: true } },
    'not applicable: nothing in front of the app could override its host',
  ],
  [
    'a choice that is a variable',
    {
      app: { client_affinity_enabled: true },
      more: gateway({
        backend_http_settings: {
          cookie_based_affinity: 'Disabled',
          pick_host_name_from_backend_address: '${var.pick}',
        },
      }),
    },
    `cannot tell ${gate}: ${gate}.backend_http_settings.pick_host_name_from_backend_address is \${var.pick}`,
  ],
]);

ruleCases(
  affinityDefault,
  [
    [
      'affinity stated at both layers',
      { more: frontDoor() },
      `compliant ${app}`,
      'compliant azurerm_cdn_frontdoor_origin_group.group',
    ],
    [
      'left out at both',
      {
        app: { client_affinity_enabled: undefined },
        more: frontDoor({ group: { session_affinity_enabled: undefined } }),
      },
      `finding ${app}: \`client_affinity_enabled\` is left out: azurerm then sends false, where the portal and ARM take true. A reader cannot see whether that is intended.`,
      'finding azurerm_cdn_frontdoor_origin_group.group: `session_affinity_enabled` is left out: azurerm then turns Front Door affinity on. A reader cannot see whether that is intended.',
    ],
  ],
  // A document without an app is refused, and a configuration always tells; plans are tested with them.
  ['compliant', 'finding'],
);

ruleCases(needlessAffinity, [
  ['off everywhere', { more: gateway() }, `compliant ${app}`],
  [
    'on at two layers though sessions are in a cookie',
    {
      app: { client_affinity_enabled: true },
      more: gateway({ backend_http_settings: { cookie_based_affinity: 'Enabled' } }),
    },
    `finding ${app}: Affinity of App Service and Application Gateway is on although any instance can serve any session: load spreads unevenly, and new instances get new clients only.`,
  ],
  [
    'sessions in the process',
    { settings: memory, app: { client_affinity_enabled: true } },
    'not applicable: sessions live in the process, which needs affinity',
  ],
  [
    'on, and a store that is a variable',
    { ...unknownStore, app: { client_affinity_enabled: true } },
    `cannot tell ${app}: ${storeIsOpen}`,
  ],
  ['off everywhere is right wherever sessions live outside the process', unknownStore, `compliant ${app}`],
]);

const stickySettings = { cookie_based_affinity: 'Enabled', probe_name: 'health' };
const sticky = (pool: object) =>
  gateway({
    backend_address_pool: pool,
    backend_http_settings: stickySettings,
  });
const host = '${azurerm_linux_web_app.app.default_hostname}';
ruleCases(inertGatewayAffinity, [
  ['two backends to choose from', { more: sticky({ fqdns: [host, 'other.contoso.com'] }) }, `compliant ${gate}`],
  [
    'one backend',
    { more: sticky({ fqdns: [host] }) },
    `finding ${gate}: The affinity cookie of the gateway names its only backend, so it keeps no client on an instance, although it looks as if it did.`,
  ],
  [
    'one backend, beside the pool of another site',
    {
      more: gateway({
        backend_address_pool: [
          { name: 'app', fqdns: [host] },
          { name: 'docs', ip_addresses: ['10.0.0.4', '10.0.0.5'] },
        ],
        backend_http_settings: stickySettings,
      }),
    },
    `finding ${gate}: The affinity cookie of the gateway names its only backend, so it keeps no client on an instance, although it looks as if it did.`,
  ],
  [
    'backends that a function lists',
    { more: sticky({ fqdns: '${concat(["x"], [azurerm_linux_web_app.app.default_hostname])}' }) },
    `cannot tell ${gate}: ${gate}.backend_address_pool.fqdns depends on azurerm_linux_web_app.app.default_hostname`,
  ],
  ['affinity off', { more: gateway() }, `not applicable: ${gate} has no affinity`],
  ['no gateway', {}, 'not applicable: there is no Application Gateway'],
  [
    'affinity that is a variable',
    { more: gateway({ backend_http_settings: { cookie_based_affinity: '${var.sticky}' } }) },
    `cannot tell ${gate}: ${gate}.backend_http_settings.cookie_based_affinity is \${var.sticky}`,
  ],
]);
