import { review } from '../../review/review';
import { rules } from '../../review/rules';
import { zoneRedundantFloor } from '../../review/rules/zoneRedundantFloor';
import { deployment } from '../support/review/terraform';

test('the rules are exactly these', () => {
  const of = (severity: string) => rules.filter((rule) => rule.severity === severity).map(({ id }) => id);
  expect(of('error')).toEqual([
    'in-process-state',
    'cookie-shared-secret',
    'affinity-behind-overridden-host',
    'zone-redundant-floor',
    'autoscale-floor',
    'worker-count-fights-autoscale',
    'health-check',
    'probe-cannot-succeed',
    'unlocked-origin',
    'unreachable-region',
    'foreign-origin-host',
    'mixed-redundancy',
    'redis-high-availability',
    'redis-geo-replication',
    'plain-http',
    'old-tls',
    'public-data-service',
    'secret-in-settings',
    'waf-prevention',
  ]);
  expect(of('warning')).toEqual([
    'affinity-left-to-default',
    'needless-affinity',
    'inert-gateway-affinity',
    'instance-per-zone',
    'autoscale-paired',
    'health-check-eviction',
    'health-check-redirects',
    'slow-detection',
    'redis-access-keys',
    'redis-retiring',
    'diagnostics',
    'alerts',
  ]);
});

test.each(
  rules.map((rule) => [rule.id, rule] as const),
)('%s carries an instruction, a reason and its source, and answers something of a plain app', (_, rule) => {
  expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
  expect(rule.why).toMatch(/\.$/);
  expect(rule.source).toMatch(/^https:\/\/(learn\.microsoft\.com|github\.com\/Azure)\//);
  expect(rule.check(deployment()).length).toBeGreaterThan(0);
});

test('a rule that throws is a finding, never a pass', () => {
  const broken = {
    ...zoneRedundantFloor,
    id: 'broken',
    check: () => {
      throw new Error('no such fact');
    },
  };
  expect(review([deployment()], { rules: [broken] }).variants[0]?.findings).toMatchObject([
    { rule: 'broken', severity: 'error', resource: 'fixture', message: 'The rule itself failed: no such fact.' },
  ]);
});
