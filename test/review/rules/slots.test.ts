import { apexAndWww } from '../../../review/rules/apexAndWww';
import { openDeploymentSite } from '../../../review/rules/openDeploymentSite';
import { slotSessions } from '../../../review/rules/slotSessions';
import { answersOf, onRedis, redis, ruleCases } from '../../support/review/terraform';

const app = 'azurerm_linux_web_app.app';
const stage = 'azurerm_linux_web_app_slot.stage';
const slot = (settings: object, more: object = {}) => ({
  azurerm_linux_web_app_slot: { stage: { app_service_id: `\${${app}.id}`, app_settings: settings, ...more } },
});
const sticky = { app: { sticky_settings: { app_setting_names: ['SESSION_STORE'] } } };
const swapped = `and a swap takes the setting along: every client of ${app} is logged out.`;
const otherRedis = { SESSION_STORE: 'redis', REDIS_URL: 'rediss://${azurerm_managed_redis.other.hostname}:10000' };

ruleCases(slotSessions, [
  ['the same store', { more: slot({ SESSION_STORE: 'cookie' }) }, `compliant ${stage}`],
  [
    'another store',
    { more: slot({ SESSION_STORE: 'memory' }) },
    `finding ${stage}: It keeps sessions elsewhere than production, ${swapped}`,
  ],
  [
    'another store that stays with the slot',
    { ...sticky, more: slot({ SESSION_STORE: 'memory' }) },
    `compliant ${stage}`,
  ],
  [
    'no setting',
    { more: slot({}) },
    `finding ${stage}: It has no setting that says where sessions are, and production has one, ${swapped}`,
  ],
  [
    'a setting that is a variable',
    { more: slot({ SESSION_STORE: '${var.store}' }) },
    `cannot tell ${stage}: ${stage}.SESSION_STORE is \${var.store}`,
  ],
  ['the same Redis', { settings: onRedis, more: { ...redis(), ...slot(onRedis) } }, `compliant ${stage}`],
  [
    'another Redis',
    {
      settings: onRedis,
      more: {
        azurerm_managed_redis: { ...redis().azurerm_managed_redis, other: redis().azurerm_managed_redis.cache },
        ...slot(otherRedis),
      },
    },
    `finding ${stage}: It keeps sessions in another Redis than production, ${swapped}`,
  ],
  ['no slot', {}, 'not applicable: there is no deployment slot'],
]);

test("a slot's site for deployments is open by itself", () => {
  const open = { site_config: { scm_ip_restriction_default_action: 'Allow', scm_use_main_ip_restriction: false } };
  expect(answersOf(openDeploymentSite, { more: slot({}, open) })).toEqual([
    `not applicable: ${app} leaves its scm site to the defaults: open to whoever can sign in`,
    `finding ${stage}: The scm site takes connections from anywhere.`,
  ]);
});

test('apex and www that are bound to the app itself', () => {
  const bound = (...hosts: string[]) => ({
    app: { name: 'shop', client_affinity_enabled: true },
    more: {
      azurerm_app_service_custom_hostname_binding: Object.fromEntries(
        hosts.map((hostname, index) => [`b${index}`, { hostname, app_service_name: `\${${app}.name}` }]),
      ),
    },
  });
  expect(answersOf(apexAndWww, bound('contoso.com', 'www.contoso.com'))).toEqual([
    `finding ${app}: Clients reach it at contoso.com and at www.contoso.com, and affinity is on: browsers keep two affinity cookies.`,
  ]);
  expect(answersOf(apexAndWww, bound('contoso.com', 'api.contoso.com'))).toEqual([`compliant ${app}`]);
});
