import { faultNames } from '../../drill/faults';
import { mostAtScale, mostEngines, planScale, shoppersOnEngine } from '../../drill/scale/plan';
import { type Block, variant as synthesized } from '../stacks/constructs/stack';
import { variant } from '../support/drill/variants';
import { code, readDoc, tableIn } from './markdown';

const text = readDoc('game-day.md');
const names = (rows: readonly (readonly string[])[]) => rows.map(([cell]) => code(cell));

test('the table has every fault of the drill, in its order, and says how each is done', () => {
  const rows = tableIn(text, 'fault');
  expect(names(rows)).toEqual(faultNames);
  for (const [, drilled, inAzure] of rows) {
    expect(drilled).toMatch(/.{10,}/);
    // An experiment, or the reason why there is none.
    expect(inAzure).toMatch(
      /^(`[a-z-]+`: |not at all: |not at all, as above\. |not a fault: |nothing to start: ).{10,}/,
    );
  }
});

test('the experiments are those that the setting declares, with the fault and the role that are written', () => {
  const terraform = synthesized('multi-region-active-active', { chaos: { minutes: 30 } });
  const declared = [...terraform.all('azurerm_chaos_studio_capability')].map(([address, { capability_type }]) => {
    const name = address.replace(/_capability$/, '').replace('azurerm_chaos_studio_capability.', '');
    const target = terraform.all('azurerm_chaos_studio_target').get(`azurerm_chaos_studio_target.${name}_target`);
    const grant = terraform.all('azurerm_role_assignment').get(`azurerm_role_assignment.${name}_may_break_target`);
    const part = /(?:centraleurope|central|europe)_(.*)$/.exec(name)?.[1]?.replaceAll('_', '-');
    return `${part}: ${capability_type} of ${target?.target_type}, ${grant?.role_definition_name}`;
  });
  const rows = tableIn(text, 'experiment').map(([name, , fault = '', role = '']) => {
    const [capability, type] = [...fault.matchAll(/`([^`]+)`/g)].map(([, each]) => each);
    return `${code(name)}: ${capability} of ${type}, ${role.split(',')[0]}`;
  });
  expect([...new Set(declared)].sort()).toEqual(rows.toSorted());
  const inTable = tableIn(text, 'fault').flatMap(([, , cell = '']) => /^`([a-z-]+)`: /.exec(cell)?.[1] ?? []);
  expect(inTable.sort()).toEqual(names(tableIn(text, 'experiment')).sort());
  for (const experiment of terraform.blocks('azurerm_chaos_studio_experiment'))
    expect(JSON.stringify((experiment as Block).steps)).toContain('"duration":"PT30M"');
});

test('times and limits are those of the export', () => {
  const options = { seed: 1, shoppers: 1000, address: 'https://shop.contoso.com', watchSeconds: 600 };
  const { fillSeconds, auditSeconds } = planScale(variant('zone-redundant'), options);
  expect(text).toContain(`| fill | up to ${fillSeconds} s |`);
  expect(text).toContain(`| audit | up to ${auditSeconds} s |`);
  expect(text).toContain(`One engine drives ${shoppersOnEngine} shoppers`);
  expect(text).toContain(`${mostEngines} engines at most, so ${mostAtScale.toLocaleString('en-US')} is the limit`);
});
