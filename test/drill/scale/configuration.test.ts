import { parse } from 'yaml';
import { configurationOf } from '../../../drill/scale/configuration';
import { exportedFiles } from '../../../drill/scale/exported';
import { beyondEngines, mostAtScale, planScale } from '../../../drill/scale/plan';
import { architecture } from '../../support/drill/architectures';
import { variant } from '../../support/drill/variants';

const options = { seed: 7, shoppers: 250, address: 'https://shop.contoso.com', watchSeconds: 600 };
const planned = (more: Partial<typeof options> = {}, name = 'zone-redundant') =>
  planScale(variant(name), { ...options, ...more });

/** Keys that the service's reference of the file lists; what it does not know it refuses. */
const known = [
  ...['version', 'testId', 'displayName', 'description', 'testType', 'testPlan', 'engineInstances'],
  ...['configurationFiles', 'failureCriteria', 'autoStop', 'secrets', 'env', 'keyVaultReferenceIdentity'],
];

/** `name: aggregate(metric) condition threshold`, as the reference of the file has it. */
const criterion = /^[\w-]+: (percentage\(error\) > \d+|count\(requests\) [<>] \d+)$/;

test.each(['single-zone', 'zone-redundant', 'multi-region-active-active'])(
  '%s: the file has the shape that the service documents',
  (name) => {
    const read = parse(configurationOf(planned({}, name)));
    expect(Object.keys(read).filter((key) => !known.includes(key))).toEqual([]);
    expect(read).toMatchObject({ version: 'v0.1', testType: 'Locust', testPlan: 'locustfile.py', engineInstances: 1 });
    expect(read.testId).toMatch(/^[a-z0-9_-]{2,50}$/);
    expect(read.displayName.length).toBeLessThanOrEqual(50);
    expect(read.description.length).toBeLessThanOrEqual(100);
    for (const one of read.failureCriteria) expect(one).toMatch(criterion);
    // A fault is made of failed requests: a test that they stop is never audited.
    expect(read.autoStop).toBe('disable');
    for (const { name: variable, value } of read.env)
      expect([typeof variable, typeof value]).toEqual(['string', 'string']);
  },
);

test('every file that the configuration names is written beside it', () => {
  const plan = planned();
  const files = exportedFiles(plan);
  const { testPlan, configurationFiles } = parse(files.get('config.yaml') ?? '');
  expect([...files.keys()].sort()).toEqual(['config.yaml', testPlan, ...configurationFiles].sort());
  expect(JSON.parse(files.get('drill.json') ?? '')).toEqual(plan);
});

test('one engine for each 250 shoppers, and all of them are audited before the test may end', () => {
  expect([1, 250, 251, 1000, mostAtScale].map((shoppers) => planned({ shoppers }).engines)).toEqual([1, 1, 2, 4, 400]);
  const plan = planned({ shoppers: 1000 });
  const env = Object.fromEntries(
    parse(configurationOf(plan)).env.map(({ name, value }: { name: string; value: string }) => [name, value]),
  );
  expect(env).toMatchObject({ LOCUST_HOST: 'https://shop.contoso.com', LOCUST_USERS: '1000' });
  // The last shopper arrives while carts are filled.
  expect(1000 / Number(env.LOCUST_SPAWN_RATE)).toBeLessThan(plan.fillSeconds);
  const { fillSeconds, watchSeconds, auditSeconds } = plan;
  expect(env.LOCUST_RUN_TIME).toBe(`${fillSeconds + watchSeconds + auditSeconds}s`);
});

test.each([
  [{ shoppers: mostAtScale, watchSeconds: 600 }, null],
  [
    { shoppers: mostAtScale + 1, watchSeconds: 600 },
    /400 engines with 250 shoppers each drive 100000 at most, got: 100001/,
  ],
  [{ shoppers: 12, watchSeconds: 3 * 3600 }, /lasts 3 hours at most/],
])('what engines cannot do: %j', (asked, why) => {
  if (why === null) expect(beyondEngines(asked)).toBeNull();
  else expect(beyondEngines(asked)).toMatch(why);
});

test('a secret is named and never written', () => {
  const ledgerSecret = 'https://kv-contoso.vault.azure.net/secrets/ledgers';
  expect(parse(configurationOf(planned(), { ledgerSecret, secretIdentity: '/subscriptions/1/x' }))).toMatchObject({
    secrets: [{ name: 'LEDGER_CONTAINER_URL', value: ledgerSecret }],
    keyVaultReferenceIdentity: '/subscriptions/1/x',
  });
  expect(parse(configurationOf(planned()))).not.toHaveProperty('secrets');
});

test('shoppers add while something is broken only where it does not matter who takes it', () => {
  const adds = [
    'single-zone',
    'zone-redundant',
    'zone-redundant-cookie',
    'multi-region-active-passive',
    'multi-region-active-active',
  ];
  expect(adds.map((name) => planned({}, name).mayAdd)).toEqual([false, true, true, false, true]);
});

test.each(['cookie', 'redis-geo'] as const)('%s: regions with different secrets do not share carts', (sessions) => {
  const entry = { entry: 'front-door', regions: ['swedencentral', 'northeurope'], sessions } as const;
  const adds = (secrets: readonly string[]) => planScale(architecture({ ...entry, secrets }), options).mayAdd;
  expect([adds(['one', 'one']), adds(['one', 'another'])]).toEqual([true, false]);
});

test('the same export twice is the same, and another seed is another', () => {
  expect(exportedFiles(planned())).toEqual(exportedFiles(planned()));
  expect(planned().export).not.toBe(planned({ seed: 8 }).export);
});
