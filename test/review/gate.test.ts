import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { InputError } from '../../inputError';
import type { Unpriced } from '../../review/cost/monthlyCost';
import { unpricedText } from '../../review/cost/wording';
import { gate, readEarlier } from '../../review/gate';
import { review } from '../../review/review';
import { readSuppressions, type Suppression } from '../../review/suppression';
import { open, prices, sound, sticky } from '../support/review/samples';
import { deployment, endpoint } from '../support/review/terraform';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-gate-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));
const file = (name: string, content: unknown) => {
  const at = path.join(scratch, name);
  fs.writeFileSync(at, typeof content === 'string' ? content : JSON.stringify(content));
  return at;
};
/** A result as an earlier run printed it, whatever the test changed in it. */
const earlier = ({ variants }: { variants: readonly object[] }) =>
  readEarlier(file('earlier.json', { variants: variants.map((one) => ({ ...one, ...printedCost(one) })) }));
const printedCost = ({ monthlyCost: cost }: { monthlyCost?: { unpriced?: readonly (string | Unpriced)[] } }) =>
  cost?.unpriced
    ? {
        monthlyCost: {
          ...cost,
          unpriced: cost.unpriced.map((one) => (typeof one === 'string' ? one : unpricedText(one))),
        },
      }
    : {};
const options = { prices, today: '2026-11-24' };
const accepts = (more: Partial<Suppression> = {}): Suppression => ({
  rule: 'in-process-state',
  variant: 'sticky',
  resource: '*',
  reason: 'shown on purpose',
  ...more,
});

describe('the gate', () => {
  test('fails on an error, passes without one, and cannot assess what is unknown or was not read', () => {
    expect(gate(review([sticky()], options), {})).toEqual({
      verdict: 'failed',
      because: ['sticky: in-process-state at azurerm_linux_web_app.app'],
    });
    expect(gate(review([sound()], options), {})).toEqual({ verdict: 'passed', because: [] });
    expect(gate(review([open()], options), {}).verdict).toBe('could not assess');
    expect(gate({ variants: [] }, {})).toEqual({ verdict: 'could not assess', because: ['nothing was read'] });
  });

  test('a warning does not fail it', () => {
    const warned = review([deployment({ app: { public_network_access_enabled: false }, more: endpoint() })], options);
    expect(warned.variants[0]?.findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['diagnostics', 'warning'],
      ['alerts', 'warning'],
    ]);
    expect(gate(warned, {}).verdict).toBe('passed');
  });

  test('against an earlier result only new errors and new doubts count', () => {
    const now = review([sticky(), open()], options);
    expect(gate(now, { against: earlier(now) })).toEqual({ verdict: 'passed', because: [] });
    const before = { variants: now.variants.map((one) => ({ ...one, findings: [], cannotTell: [] })) };
    expect(gate(now, { against: earlier(before) }).because).toEqual([
      'sticky: in-process-state at azurerm_linux_web_app.app is new',
    ]);
  });

  test('a finding that was suppressed earlier and no longer is counts as new', () => {
    const before = review([sticky()], { ...options, suppressions: [accepts()] });
    expect(gate(review([sticky()], options), { against: earlier(before) }).verdict).toBe('failed');
  });

  test('a rise of the cost fails from just above the limit on, at the floor and at the maximum', () => {
    const now = review([sound()], options);
    const before = earlier({
      variants: [
        { ...now.variants[0], monthlyCost: { ...now.variants[0]?.monthlyCost, atFloor: 282, atMaximum: 730 } },
      ],
    });
    expect(gate(now, { against: before, maxIncrease: 10 }).verdict).toBe('passed');
    expect(gate(now, { against: before, maxIncrease: 9.99 })).toEqual({
      verdict: 'failed',
      because: ['sound: the cost at the floor rises by 10.00 USD a month, allowed are 9.99'],
    });
  });

  test('a cost that has no price cannot be compared', () => {
    const now = review([sound()], options);
    const before = earlier({
      variants: [
        { ...now.variants[0], monthlyCost: { ...now.variants[0]?.monthlyCost, atFloor: null, atMaximum: 730 } },
      ],
    });
    expect(gate(now, { against: before, maxIncrease: 10 })).toEqual({
      verdict: 'could not assess',
      because: ['sound: the cost at the floor cannot be compared'],
    });
  });

  test.each([
    ['in another currency', { currency: 'JPY' }, 'it was in JPY and is in USD'],
    [
      'without an item that has no price now',
      {
        unpriced: [
          'azurerm_application_gateway.gate: capacity units: no price of Standard Capacity Units in westeurope',
        ],
      },
      'new without a price: azurerm_application_gateway.gate: WAF_v2 gateway, its public address included: no price of Standard Fixed Cost in westeurope',
    ],
  ])('a cost that was %s cannot be compared', (_, change, why) => {
    const now = review([sound()], options);
    const before = earlier({
      variants: [{ ...now.variants[0], monthlyCost: { ...now.variants[0]?.monthlyCost, ...change } }],
    });
    expect(gate(now, { against: before, maxIncrease: 10 })).toEqual({
      verdict: 'could not assess',
      because: [`sound: the cost cannot be compared: ${why}`],
    });
    expect(gate(now, { against: before }).verdict).toBe('passed');
  });

  test('the cost of a variant that was not there cannot be compared', () =>
    expect(
      gate(review([sound()], options), { against: earlier(review([sticky()], options)), maxIncrease: 10 }),
    ).toEqual({
      verdict: 'could not assess',
      because: ['sound: the cost cannot be compared: the earlier result has none of this variant'],
    }));

  test.each([
    ['a file that is missing', () => path.join(scratch, 'nowhere.json'), /nowhere\.json cannot be read: ENOENT/],
    ['text', () => file('text.json', 'hello'), /cannot be read: /],
    ['something else', () => file('else.json', { runs: [] }), /is not a result of review --json: variants/],
  ])('refuses %s as the earlier result', (_, at, message) => {
    expect(() => readEarlier(at())).toThrow(InputError);
    expect(() => readEarlier(at())).toThrow(message);
  });
});

describe('a suppression', () => {
  const findings = (...suppressions: Suppression[]) =>
    review([sticky()], { ...options, suppressions }).variants[0]?.findings.map(({ rule, suppressed, message }) => [
      rule,
      suppressed,
      rule === 'suppression' ? message : '',
    ]);

  test('accepts exactly what it names, and the report says why', () => {
    expect(findings(accepts({ resource: 'azurerm_linux_web_app.a*' }))).toEqual([
      ['in-process-state', true, ''],
      ['inert-gateway-affinity', false, ''],
    ]);
    expect(review([sticky()], { ...options, suppressions: [accepts()] }).variants[0]?.findings[0]?.reason).toBe(
      'shown on purpose',
    );
  });

  test('that matches nothing fails', () => {
    expect(findings(accepts({ resource: 'azurerm_linux_web_app.other' }))).toEqual([
      ['in-process-state', false, ''],
      ['inert-gateway-affinity', false, ''],
      ['suppression', false, 'The suppression of in-process-state (shown on purpose) matches no finding.'],
    ]);
  });

  test('holds on its last day and fails on the day after', () => {
    expect(findings(accepts({ expires: '2026-11-24' }))?.[0]).toEqual(['in-process-state', true, '']);
    expect(findings(accepts({ expires: '2026-11-23' }))).toEqual([
      ['in-process-state', false, ''],
      ['inert-gateway-affinity', false, ''],
      ['suppression', false, 'The suppression of in-process-state (shown on purpose) expired on 2026-11-23.'],
    ]);
  });

  test('of another variant says nothing here', () => expect(findings(accepts({ variant: 'other' }))).toHaveLength(2));

  test('holds for a variant with a choice changed, where it need not match', () => {
    const toggled = { ...sound(), name: 'sticky,sessions=redis' };
    expect(review([toggled], { ...options, suppressions: [accepts()] }).variants[0]?.findings).toEqual([]);
  });

  test('holds for a variant in every environment, and with the name of one in that one alone', () => {
    const inDev = (suppressed: string) =>
      review([{ ...sticky(), name: 'sticky@dev,appService=on' }], {
        ...options,
        suppressions: [accepts({ variant: suppressed })],
      }).variants[0]?.findings.find(({ rule }) => rule === 'in-process-state')?.suppressed;
    expect(['sticky', 'sticky@dev', 'sticky@prod', 'stick'].map(inDev)).toEqual([true, true, false, false]);
  });

  test.each([
    ['no reason', [{ rule: 'alerts', variant: 'a', resource: '*' }], /\[0\.reason\]/],
    ['a reason that says nothing', [{ rule: 'alerts', variant: 'a', resource: '*', reason: 'ok' }], /\[0\.reason\]/],
    [
      'a rule that is none',
      [{ rule: 'alert', variant: 'a', resource: '*', reason: 'watched elsewhere' }],
      /there is no rule alert\./,
    ],
    [
      'a date that is none',
      [{ rule: 'alerts', variant: 'a', resource: '*', reason: 'watched elsewhere', expires: 'soon' }],
      /\[0\.expires\]/,
    ],
    ['no list', {}, /A suppression is \{ rule, variant, resource, reason, expires\?, unknown\? \}\.$/],
    ['text', 'hello', /cannot be read as suppressions/],
  ])('with %s is refused', (_, content, message) => {
    const at = file('suppressions.json', content);
    expect(() => readSuppressions(at)).toThrow(InputError);
    expect(() => readSuppressions(at)).toThrow(message);
  });

  test('of ours can be read', () => expect(readSuppressions()).toEqual(expect.any(Array)));
});
