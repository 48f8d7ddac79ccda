import { renamedArguments } from '../../../stacks/azurermMajor';
import type { Settings } from '../../../stacks/settings';
import { readDoc, tableIn } from '../../docs/markdown';
import { at, type Block, everyVariant, inZone, variant } from './stack';

const five: Partial<Settings> = { azurermMajor: 5 };
const everything: Partial<Settings> = { ...inZone, package: 'blob', agentsSubnet: true, subnets: 'inline' };

/** Every value of an argument in a resource, or after a dot in its blocks. */
function valuesOf(block: Block, argument: string): unknown[] {
  const [part = '', inPart] = argument.split('.');
  if (!(part in block)) return [];
  return inPart === undefined ? [block[part]] : (block[part] as Block[]).flatMap((one) => valuesOf(one, inPart));
}

test('4 is the default, and both say the version that is asked for', () => {
  const version = 'terraform.required_providers.azurerm.version';
  expect(variant('zone-redundant', { azurermMajor: 4 }).json).toEqual(variant('zone-redundant').json);
  expect(at(variant('zone-redundant').json, version)).toBe('~> 4.79');
  expect(at(variant('zone-redundant', five).json, version)).toBe('~> 5.2');
});

describe.each([...everyVariant({ ...everything, ...five })])('%s for azurerm 5', (label, terraform) => {
  const four = variant(label, everything);

  test('has the addresses of azurerm 4, and no argument by its old name', () => {
    expect([...terraform.resources.keys()].sort()).toEqual([...four.resources.keys()].sort());
    for (const { type, four: old } of renamedArguments)
      for (const [address, block] of terraform.all(type))
        expect([address, valuesOf(block, old)]).toEqual([address, []]);
  });

  test('says by the new names what the old ones said', () => {
    for (const { type, four: old, five: name } of renamedArguments)
      for (const [address, block] of four.all(type)) {
        if (name === undefined) continue;
        const said = valuesOf(block, old).map((before) => {
          if (typeof before === 'boolean') return old.endsWith('_disabled') ? !before : before;
          return typeof before === 'string' ? before.replace('.name}', '.id}') : before;
        });
        expect([address, valuesOf(terraform.resources.get(address) as Block, name)]).toEqual([address, said]);
      }
  });
});

test('each renamed argument is declared by some variant, so that the table holds nothing that is not used', () => {
  const declared = [...everyVariant(everything).values()];
  for (const { type, four } of renamedArguments)
    expect([
      type,
      four,
      declared.some((terraform) => terraform.blocks(type).some((block) => valuesOf(block, four).length > 0)),
    ]).toEqual([type, four, true]);
});

test('docs/deploying.md has the same table', () => {
  const rows = tableIn(readDoc('deploying.md'), 'resource').map((cells) =>
    cells.map((cell = '') => /`([\w.]+)`/.exec(cell)?.[1] ?? cell),
  );
  expect(rows).toEqual(renamedArguments.map(({ type, four, five: name }) => [type, four, name ?? '-']));
});
