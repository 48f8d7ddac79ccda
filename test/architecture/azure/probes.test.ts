import { planFleet } from '../../../drill/plan/fleetPlan';
import { slowDetection } from '../../../review/rules/slowDetection';
import { deployment, gateway, written } from '../../support/review/terraform';

const gate = 'azurerm_application_gateway.gate';
const probed = (probe: object) =>
  deployment({ more: gateway({ probe: { name: 'health', host: 'shop.contoso.com', path: '/healthz', ...probe } }) });

describe('one gateway probe has one reading, for the review and for the drill', () => {
  test.each([
    ['its timing left out, the platform decides', {}, 30, 3, 90],
    ['its timing stated', { interval: 10, unhealthy_threshold: 4 }, 10, 4, 40],
  ])('%s', (_, timing, intervalSeconds, unhealthyThreshold, detectionSeconds) => {
    const read = probed(timing);
    const settings = { path: '/healthz', intervalSeconds, unhealthyThreshold };
    expect(read.gateways[0]?.probes).toMatchObject([{ ...settings, detectionSeconds }]);
    expect(slowDetection.check(read).map(written)).toEqual([`compliant ${gate}.probe`]);
    expect(planFleet(read)).toMatchObject({ applicationGateway: { probe: settings } });
  });

  test('a protocol that is left out is unknown to both, and is not taken for HTTP', () => {
    const protocol = { unknown: `${gate}.probe.protocol is missing` };
    const read = probed({});
    expect(read.gateways[0]?.probes).toMatchObject([{ protocol }]);
    expect(read.gatewayProbe?.protocol).toEqual(protocol);
  });

  test('an interval that is a variable leaves both without an answer, for the same reason', () => {
    const read = probed({ interval: '${var.interval}' });
    const why = { unknown: `${gate}.probe.interval is \${var.interval}` };
    expect(slowDetection.check(read).map(written)).toEqual([`cannot tell ${gate}.probe: ${why.unknown}`]);
    expect(planFleet(read)).toMatchObject({ applicationGateway: { probe: why } });
  });
});
