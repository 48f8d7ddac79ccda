import fs from 'node:fs';
import path from 'node:path';
import { variants } from '../../main';
import { addressesOf, snapshotFolder, snapshotOf, synthesized } from '../support/snapshots';

// After a change that is meant: `npm run snapshots`, and read the difference.
const terraform = synthesized();
const committed = (name: string) => JSON.parse(fs.readFileSync(path.join(snapshotFolder, name), 'utf8'));

describe.each(Object.keys(variants))('%s', (label) => {
  const text = terraform.get(label) ?? '';

  test('synthesizes the Terraform that was reviewed', () => {
    expect(JSON.parse(JSON.stringify(snapshotOf(label, terraform)))).toEqual(committed(`${label}.json`));
  });

  test('keeps its Terraform addresses: one that goes destroys what is deployed, unless a moved block names its successor', () => {
    expect(addressesOf(text)).toEqual(committed('addresses.json')[label]);
  });
});

test('has no snapshot of a variant that is gone', () => {
  const files = fs.readdirSync(snapshotFolder).filter((name) => name.endsWith('.json') && name !== 'addresses.json');
  expect(files.sort()).toEqual(
    Object.keys(variants)
      .map((label) => `${label}.json`)
      .sort(),
  );
  expect(Object.keys(committed('addresses.json')).sort()).toEqual(Object.keys(variants).sort());
});
