import { review } from '../../review/review';
import { rules } from '../../review/rules';
import { zoneRedundantFloor } from '../../review/rules/zoneRedundantFloor';
import { deployment } from '../support/review/terraform';

test('the rules are exactly these', () => {
  const of = (severity: string) => rules.filter((rule) => rule.severity === severity).map(({ id }) => id);
  expect(of('error')).toEqual([
    'in-process-state',
    'cookie-shared-secret',
    'slot-shared-secret',
    'slot-sessions',
    'affinity-behind-overridden-host',
    'sign-in-behind-overridden-host',
    'zone-redundant-floor',
    'tier-lacks-feature',
    'autoscale-floor',
    'worker-count-fights-autoscale',
    'auto-swap',
    'health-check',
    'probe-cannot-succeed',
    'backend-redirects',
    'app-unreachable',
    'unlocked-origin',
    'unreachable-region',
    'foreign-origin-host',
    'traffic-manager-endpoints',
    'mixed-redundancy',
    'redis-high-availability',
    'redis-geo-replication',
    'redis-refused',
    'retired-gateway',
    'basic-public-ip',
    'plain-http',
    'old-tls',
    'public-data-service',
    'secret-in-settings',
    'waf-prevention',
  ]);
  expect(of('warning')).toEqual([
    'data-protection-keys',
    'host-overridden',
    'affinity-left-to-default',
    'needless-affinity',
    'inert-gateway-affinity',
    'apex-and-www',
    'cached-affinity',
    'instance-per-zone',
    'zones-not-asked',
    'single-instance',
    'per-site-scaling',
    'autoscale-paired',
    'autoscale-flaps',
    'health-check-eviction',
    'slow-detection',
    'shared-regional-redis',
    'redis-evicts-sessions',
    'redis-clustering-policy',
    'redis-access-keys',
    'redis-retiring',
    'open-deployment-site',
    'diagnostics',
    'alerts',
  ]);
});

test.each(rules.map((rule) => [rule.id, rule] as const))(
  '%s carries an instruction, a reason and its source, and answers something of a plain app',
  (_, rule) => {
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
    expect(rule.why).toMatch(/\.$/);
    expect(rule.source).toMatch(
      /^https:\/\/(learn\.microsoft\.com|techcommunity\.microsoft\.com|github\.com\/Azure)\//,
    );
    expect(rule.check(deployment()).length).toBeGreaterThan(0);
  },
);

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
