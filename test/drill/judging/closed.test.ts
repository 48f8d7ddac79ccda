/** A probe that fails whatever the app does is a loss that the facts foresee, not a run that cannot be completed. */

import type { GatewayProbe } from '../../../architecture/entryLayers';
import { drillOne } from '../../../drill/drill';
import { blindBy, closedBy, probedPaths, unheededBy } from '../../../drill/judging/closed';
import { architecture } from '../../support/drill/architectures';
import { rehearse } from '../../support/drill/rehearse';
import { shop } from '../../support/drill/shop';

jest.setTimeout(300_000);

const behind = (gatewayProbe: Partial<GatewayProbe> | null | undefined) =>
  architecture({ entry: 'application-gateway', ...(gatewayProbe !== undefined && { gatewayProbe }) });

const app = (path: string): number => (path === '/healthz' ? 200 : 404);

test.each<[string, Partial<GatewayProbe> | null, string]>([
  ['the default probe', null, 'The default probe asks for host 127.0.0.1'],
  ['a path that is not there', { path: '/nope' }, 'is answered 404'],
  ['a host that no app has', { host: null }, 'is answered 404'],
  ['HTTP where the app serves HTTPS only', { protocol: 'Http' }, 'is answered 301'],
  ['codes that a healthy app does not answer', { statusCodes: ['204', '301-399'] }, 'is answered 200'],
])('%s keeps everybody out', (_what, probe, why) => {
  expect(closedBy(behind(probe), app)).toContain(why);
});

test.each<[string, Partial<GatewayProbe> | undefined]>([
  ['a probe that the app answers', {}],
  ['a redirect that counts as healthy', { protocol: 'Http', statusCodes: ['200-399'] }],
  ['the host of the HTTP settings', { host: null, hostFromSettings: true }],
  ['no gateway', undefined],
])('%s keeps nobody out', (_what, probe) => {
  expect(closedBy(behind(probe), app)).toBeNull();
});

test('drilled, every shopper is kept out as foreseen, and the report says by what', async () => {
  const { run } = await rehearse({ choices: { entry: 'application-gateway', gatewayProbe: null }, fault: 'none' });
  expect(run).toMatchObject({ cartsLost: 12, outageSeconds: null, met: true });
  expect(run.expected.source).toContain('The default probe asks for host 127.0.0.1');
});

const twoRegions = { entry: 'front-door', regions: ['north', 'south'], instances: 1 } as const;
const probing = (change: object) => {
  const given = architecture(twoRegions);
  if (given.frontDoorProbe === null) throw new Error('the fixture has a probe');
  return { ...given, frontDoorProbe: { ...given.frontDoorProbe, ...change } };
};

test.each<[string, object, string | null]>([
  ['a path that is answered 200', {}, null],
  ['a path that is not there', { path: '/nope' }, 'probe of /nope is answered 404'],
  ['HTTP where the app serves HTTPS only', { protocol: 'Http' }, 'probe of /healthz is answered 301'],
])('Front Door with %s', (_what, change, why) => {
  const reason = blindBy(probing(change), app);
  if (why === null) expect(reason).toBeNull();
  else expect(reason).toContain(why);
});

test('Front Door that finds no origin healthy leaves no lost region until people take it out: it is foreseen, and ends', async () => {
  const settings = { seed: 7, shoppers: 6, timeScale: 300, ...(await shop()) };
  const outcome = await drillOne(probing({ path: '/nope' }), 'region-loss', settings);
  if (!('run' in outcome)) throw new Error(outcome.notApplicable);
  expect(outcome.run).toMatchObject({ outageSeconds: null, platformSeconds: 0, met: true });
  expect(outcome.run.apiRequestsFailed).toBeGreaterThan(0);
  expect(outcome.run.expected.source).toContain('Front Door’s probe of /nope is answered 404');
});

test.each<[string | null, string | null]>([
  ['/healthz', null],
  [null, null],
  [
    '/up',
    'Health check’s path /up is answered 404 by the app that the drill starts, and only 200 to 299 count: every instance is unhealthy',
  ],
])('health check with the path %j takes no instance out: %j', (healthCheckPath, why) => {
  const given = architecture();
  const checked = {
    ...given,
    regions: given.regions.map((each) => ({ ...each, app: { ...each.app, healthCheckPath } })),
  };
  const reason = unheededBy(checked, app);
  if (why === null) expect(reason).toBeNull();
  else expect(reason).toContain(why);
  expect(probedPaths(checked).includes('/up')).toBe(why !== null);
});
