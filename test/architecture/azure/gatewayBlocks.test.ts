import { deployment, gateway } from '../../support/review/terraform';

describe('what of a gateway serves the app', () => {
  const twoSettings = {
    backend_http_settings: [
      { name: 'plain', cookie_based_affinity: 'Disabled' },
      { name: 'sticky', cookie_based_affinity: 'Enabled' },
    ],
  };
  const rule = (pool: string, settings: string) => ({
    http_listener_name: 'https',
    backend_address_pool_name: pool,
    backend_http_settings_name: settings,
  });
  const affinity = (rules: readonly object[], locals: object) =>
    deployment({ more: gateway({ ...twoSettings, request_routing_rule: rules }), locals }).affinity.applicationGateway;

  test('a pool and settings are found by their names also through a local', () => {
    const differ = { unknown: 'backend HTTP settings differ: off, on' };
    expect(affinity([rule('app', 'plain'), rule('${local.pool}', 'sticky')], { pool: 'app' })).toEqual(differ);
    expect(affinity([rule('app', 'plain'), rule('${local.pool}', 'sticky')], { pool: 'docs' })).toBe('off');
    expect(affinity([rule('app', '${local.settings}')], { settings: 'sticky' })).toBe('on');
  });

  test('probes of two gateways that differ are unknown where they do', () => {
    const one = gateway();
    const { gate: first } = one.azurerm_application_gateway;
    const slow = { ...first, probe: { ...first.probe, interval: 300 } };
    const more = { ...one, azurerm_application_gateway: { gate: first, slow } };
    expect(deployment({ more }).gatewayProbe).toEqual({
      path: '/healthz',
      protocol: 'Https',
      intervalSeconds: { unknown: 'probes differ: 10, 300' },
      timeoutSeconds: 5,
      unhealthyThreshold: 3,
    });
  });
});
