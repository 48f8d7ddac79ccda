import { readArchitecture } from '../../architecture/read';
import { readPrices } from '../../review/cost/prices';
import { review } from '../../review/review';
import { readSuppressions } from '../../review/suppression';
import { synthesized } from '../support/snapshots';

const deployments = [...synthesized()].map(([label, text]) => readArchitecture(text, label));
const { variants } = review(deployments, { prices: readPrices(), suppressions: readSuppressions() });

test('the recommended variants have no finding, and the sticky ones exactly those that they exist to show', () => {
  const found = variants.map(({ name, findings }) => [
    name,
    findings.filter(({ suppressed }) => !suppressed).map(({ rule, resource }) => `${rule} ${resource}`),
  ]);
  const inProcess = (...regions: string[]) =>
    regions.map((region) => `in-process-state azurerm_linux_web_app.${region}_hosting_app`);
  expect(Object.fromEntries(found)).toEqual({
    'single-zone': [...inProcess('swedencentral'), 'zones-not-asked azurerm_service_plan.swedencentral_hosting_plan'],
    'zone-redundant-sticky': [
      ...inProcess('swedencentral'),
      'inert-gateway-affinity azurerm_application_gateway.gateway',
    ],
    'zone-redundant': [],
    'zone-redundant-cookie': [],
    'multi-region-sticky': inProcess('northeurope', 'swedencentral'),
    'multi-region-active-passive': [],
    'multi-region-active-active': [],
  });
});

test('no rule answers cannot tell for our own Terraform', () =>
  expect(variants.flatMap(({ cannotTell }) => cannotTell)).toEqual([]));

test('what keeps state is named in the three words, layer by layer', () => {
  const kinds = (name: string) =>
    Object.fromEntries(
      variants.find((one) => one.name === name)?.stateMap.map(({ component, kind }) => [component, kind]) ?? [],
    );
  expect(kinds('zone-redundant-sticky')).toEqual({
    'Application Gateway': 'stateless with a cookie',
    'Application Gateway WAF': 'stateless',
    'virtual network forwarding': 'stateless',
    'network security groups': 'stateful',
    'App Service front end (ARR)': 'stateless with a cookie',
    'the app': 'stateful',
  });
  expect(kinds('zone-redundant-cookie')).toMatchObject({
    'Application Gateway': 'stateless',
    'App Service front end (ARR)': 'stateless',
    'the app': 'stateless with a cookie',
  });
  expect(kinds('multi-region-active-active')).toMatchObject({
    'Front Door': 'stateless',
    'the app': 'stateless',
    'Redis, geo-replicated': 'stateful',
    'access restrictions of the app': 'stateless',
  });
  expect(kinds('multi-region-sticky')).toMatchObject({
    'Front Door': 'stateless with a cookie',
    'the app': 'stateful',
  });
});

test('every variant has an uptime range and a cost, each with what it leaves out', () => {
  for (const { availability, monthlyCost } of variants) {
    expect(availability.lowPercent).toBeGreaterThan(99);
    expect(availability.lowPercent).toBeLessThanOrEqual(availability.percent as number);
    expect(availability.leavesOut.length).toBeGreaterThan(0);
    expect(monthlyCost.atFloor).toBeGreaterThan(0);
    expect(monthlyCost.atMaximum).toBeGreaterThanOrEqual(monthlyCost.atFloor as number);
    // Whatever has no sourced price is named.
    expect(monthlyCost.unpriced.length).toBeGreaterThan(0);
  }
});
