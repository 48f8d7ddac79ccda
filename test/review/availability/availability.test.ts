import { availability } from '../../../review/availability/availability';
import { figures, figuresAsOf } from '../../../review/availability/figures';
import { open, sound, sticky } from '../../support/review/samples';
import { deployment, frontDoor, onRedis, redis, secondApp } from '../../support/review/terraform';

describe('availability', () => {
  test('multiplies what stands in series, and shows how', () => {
    // 0.9995 · 0.99980001 = 0.99930011, and with the low end 0.9995² · 0.9999 = 0.99890035.
    expect(availability(sound())).toMatchObject({
      percent: 99.930011,
      lowPercent: 99.890035,
      arithmetic: [
        'in series: Application Gateway 99.95% · App Service, zone redundant 99.99% · Managed Redis, over zones 99.99% = 99.930011%',
        'with the low end of what could not be verified:',
        'in series: Application Gateway 99.95% · App Service, zone redundant 99.95% · Managed Redis, over zones 99.99% = 99.890035%',
      ],
    });
  });

  test('regions are parallel, what stands in front of them is not', () => {
    const two = deployment({
      plan: { zone_balancing_enabled: false },
      more: { azurerm_linux_web_app: secondApp(), ...frontDoor({ others: ['second'] }) },
    });
    // 1 − 0.0005² = 0.99999975; · 0.9999 = 0.99989975.
    expect(availability(two)).toMatchObject({
      percent: 99.989975,
      lowPercent: 99.989975,
      minutesDownPerMonth: 4.33,
      arithmetic: [
        'one region: App Service 99.95% = 99.95%',
        '2 regions, one is enough: 1 − (1 − 99.95%)^2 = 99.999975%',
        '99.999975% · Front Door 99.99% = 99.989975%',
      ],
    });
  });

  test('a figure that is not verified gives a range and says why', () => {
    const { percent, lowPercent, factors } = availability(sticky());
    expect(lowPercent).toBeLessThan(percent as number);
    expect(factors.filter(({ verified }) => !verified).map(({ name }) => name)).toEqual([
      'App Service, zone redundant',
    ]);
  });

  test('without zones App Service has a figure of its own, and so has the older Redis', () => {
    const plain = deployment({
      plan: { zone_balancing_enabled: false },
      settings: { SESSION_STORE: 'redis', REDIS_URL: 'rediss://${azurerm_redis_cache.old.hostname}:6380' },
      more: { azurerm_redis_cache: { old: { location: 'westeurope', sku_name: 'Standard' } } },
    });
    expect(availability(plain).factors.map(({ name, percent, verified }) => [name, percent, verified])).toEqual([
      ['App Service', 99.95, true],
      ['Redis', 99.9, true],
    ]);
  });

  test('of a Redis without a replica no uptime is known', () =>
    expect(
      availability(deployment({ settings: onRedis, more: redis({ high_availability_enabled: false }) })),
    ).toMatchObject({
      percent: null,
      cannotTell: 'azurerm_managed_redis.cache has no replica: no uptime of that is published',
    }));

  test.each([
    ['two apps in one place', 'West Europe', {}, /do not each have their own location/],
    [
      'two apps with nothing in front',
      'northeurope',
      {},
      /^no origin group of a Front Door and no Traffic Manager leads/,
    ],
    [
      'a Front Door that leads to one of two',
      'northeurope',
      frontDoor(),
      /no Traffic Manager leads to all of azurerm_linux_web_app\.app, /,
    ],
    [
      'a group of its own for each',
      'northeurope',
      frontDoor({
        others: ['second'],
        origin: { cdn_frontdoor_origin_group_id: '${azurerm_cdn_frontdoor_profile.door.id}' },
      }),
      /no Traffic Manager leads to all of/,
    ],
    ['a place that is a variable', '${var.place}', frontDoor({ others: ['second'] }), /second\.location is/],
  ])('%s give no figure of parallel regions', (_, location, more, reason) => {
    const figure = availability(deployment({ more: { azurerm_linux_web_app: secondApp({ location }), ...more } }));
    expect(figure.percent).toBeNull();
    expect(figure.cannotTell).toMatch(reason);
  });

  test('an unknown fact gives no figure', () => {
    const figure = availability(open());
    expect([figure.percent, figure.lowPercent, figure.factors]).toEqual([null, null, []]);
    expect(figure.cannotTell).toMatch(/SESSION_STORE/);
  });

  test.each(Object.entries(figures))(
    '%s has a source with its day, and a low end where it is not verified',
    (_, { percent, lowPercent, verified, source, date, confidence }) => {
      expect(source).toMatch(/^https:\/\//);
      expect(date).toMatch(/^20\d{2}-\d{2}-\d{2}$/);
      expect(date <= figuresAsOf).toBe(true);
      expect(confidence.length).toBeGreaterThan(10);
      expect(lowPercent < percent).toBe(!verified);
    },
  );
});
