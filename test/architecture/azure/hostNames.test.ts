import { deployment, frontDoor, gateway } from '../../support/review/terraform';

const gate = 'azurerm_application_gateway.gate';

describe('the host that a layer passes on', () => {
  const domain = (host: string) => ({ azurerm_cdn_frontdoor_custom_domain: { d: { host_name: host } } });
  const sent = (header: string, more = {}) =>
    deployment({ more: { ...frontDoor({ origin: { origin_host_header: header } }), ...more } }).hostPreserved;

  test('written out, it is preserved where it is the domain that clients type, and there alone', () => {
    expect(sent('shop.contoso.com', domain('shop.contoso.com'))).toBe(true);
    expect(sent('${var.host}', domain('${var.host}'))).toBe(true);
    expect(sent('shop.contoso.com', domain('www.contoso.com'))).toBe(false);
    expect(sent('shop.contoso.com')).toBe(false);
    expect(sent('${var.host}')).toEqual({
      unknown: 'azurerm_cdn_frontdoor_origin.app.origin_host_header is ${var.host}',
    });
  });

  test('each.value of an origin is not that of a domain', () => {
    const more = {
      ...frontDoor({ origin: { for_each: '${local.origins}', origin_host_header: '${each.value.host}' } }),
      azurerm_cdn_frontdoor_custom_domain: { d: { for_each: '${local.domains}', host_name: '${each.value.host}' } },
    };
    expect(deployment({ more }).hostPreserved).toEqual({
      unknown: 'azurerm_cdn_frontdoor_origin.app.origin_host_header is ${each.value.host}',
    });
  });

  test('a gateway that sends the host of its listener preserves it; one read back as empty, too', () => {
    const at = (host_name: string, listener = {}) =>
      deployment({
        more: gateway({
          backend_http_settings: { name: 'app', cookie_based_affinity: 'Disabled', host_name },
          http_listener: { name: 'https', protocol: 'Https', ...listener },
        }),
      }).hostPreserved;
    expect(at('')).toBe(true);
    expect(at('shop.contoso.com', { host_name: 'shop.contoso.com' })).toBe(true);
    expect(at('app.azurewebsites.net', { host_name: 'shop.contoso.com' })).toBe(false);
    expect(at('shop.contoso.com', { host_names: ['shop.contoso.com'] })).toBe(true);
    expect(at('www.contoso.com', { host_names: ['shop.contoso.com'] })).toBe(false);
    expect(at('shop.contoso.com', { host_names: ['shop.contoso.com', 'www.contoso.com'] })).toEqual({
      unknown: `${gate}.backend_http_settings.host_name is what clients type at some listeners or domains only`,
    });
  });
});
