import { readArchitecture } from '../../../architecture/read';
import { InputError } from '../../../inputError';
import { review } from '../../../review/review';
import { planJson } from '../../support/architecture/planJson';
import { twoRegions } from '../../support/architecture/twoRegions';

describe('refuses', () => {
  test.each([
    [
      'a plan that ended in an error',
      { ...planJson({ resources: [{ type: 'azurerm_linux_web_app', name: 'app' }] }), errored: true },
      /is a plan that ended in an error, so it holds only a part\./,
    ],
    [
      'a plan that is empty',
      { format_version: '1.2', planned_values: {} },
      /is a plan after which no resource exists: it is empty\. There is nothing to assess\.$/,
    ],
    [
      'a plan of another cloud',
      planJson({ resources: [{ type: 'aws_instance', name: 'a' }] }),
      /declares no App Service web app/,
    ],
    [
      'a plan that only destroys',
      {
        ...planJson({}),
        resource_changes: [{ address: 'azurerm_linux_web_app.app', change: { actions: ['delete'] } }],
      },
      /is a plan that only destroys \(1 resource\): no resource exists after it\. There is nothing to assess\.$/,
    ],
    [
      'a state that holds nothing',
      { format_version: '1.0', terraform_version: '1.14.0', values: {} },
      /is a state that holds no resource: nothing is deployed\. There is nothing to assess\.$/,
    ],
  ])('%s', (_, json, message) => {
    expect(() => readArchitecture(json, 'theirs')).toThrow(InputError);
    expect(() => readArchitecture(json, 'theirs')).toThrow(message);
  });
});

test('reads a plan of 50 MB without trouble', () => {
  const root = twoRegions();
  const filler = Array.from({ length: 20_000 }, (_, index) => ({
    type: 'azurerm_dns_a_record',
    name: `r${index}`,
    values: { name: 'x'.repeat(2500), records: ['10.0.0.1'] },
  }));
  const text = JSON.stringify(planJson({ ...root, resources: [...(root.resources ?? []), ...filler] }));
  expect(text.length).toBeGreaterThan(50_000_000);
  const result = review([readArchitecture(text, 'big')]);
  expect(result.variants[0]?.resources).toBe(20_007);
});

test('instances of one resource are read as fast as so many resources', () => {
  const cpu = (called: (index: number) => { name: string; index?: number }) => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({
      type: 'azurerm_role_assignment',
      values: { principal_id: `p${index}` },
      ...called(index),
    }));
    const plan = planJson({ resources: [{ type: 'azurerm_linux_web_app', name: 'app' }, ...many] });
    const from = process.cpuUsage();
    expect(readArchitecture(plan, 'theirs').resources).toHaveLength(20_001);
    return process.cpuUsage(from).user;
  };
  // About once; what looks through the instances for each of them takes twenty times as long.
  expect(cpu((index) => ({ name: 'r', index })) / cpu((index) => ({ name: `r${index}` }))).toBeLessThan(5);
});
