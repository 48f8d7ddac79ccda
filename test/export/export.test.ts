import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Deployment } from '../../architecture/deployment';
import { readFolder } from '../../architecture/hcl/folder';
import { readArchitecture, readTerraform } from '../../architecture/read';
import { readConfiguration } from '../../architecture/terraform/configuration';
import { emptyBlocks } from '../../export/blocks';
import { comments } from '../../export/comments';
import { checkFolder, withStateSeenFrom } from '../../export/folder';
import { renderFile, template } from '../../export/hcl';
import { exportTerraform } from '../../export/terraform';
import { InputError } from '../../inputError';
import { variants } from '../../main';
import { parseSettings } from '../../stacks/settings';
import { settings } from '../support/settings';
import { synthesized } from '../support/snapshots';

const labels = Object.keys(variants);
const values = { ...parseSettings(settings), host: 'shop.example.com' };
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-exported-'));
const folderOf = (label: string) => path.join(scratch, label);

const terraform = spawnSync('terraform', ['version'], { encoding: 'utf8' }).status === 0;
if (!terraform)
  process.stderr.write('SKIPPED: without terraform on the PATH its formatter does not check the exports.\n');

type Document = Record<string, unknown>;
const documents = new Map<string, Document>();
function exported(label: string, document: Document): ReadonlyMap<string, string> {
  const { files } = exportTerraform(document, values, label);
  fs.mkdirSync(folderOf(label), { recursive: true });
  for (const [name, text] of files) fs.writeFileSync(path.join(folderOf(label), name), text);
  return files;
}
const texts = new Map<string, string>();
beforeAll(() => {
  for (const [label, json] of synthesized()) {
    documents.set(label, JSON.parse(json) as Document);
    texts.set(label, [...exported(label, documents.get(label) as Document).values()].join('\n'));
  }
});
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

/**
 * Blocks as lists, references without `${}`, and without lists of no blocks. Preconditions are left out: they speak of variables
 * in place of local values.
 */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/^\$\{([\w.[\]-]+)\}$/, '$1');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => !['//', 'precondition'].includes(key) && !(emptyBlocks.has(key) && isEmpty(member)))
      .map(([key, member]): [string, unknown] => {
        const read = plain(member);
        return [key, typeof read === 'object' && read !== null && !Array.isArray(read) ? [read] : read];
      })
      // A lifecycle that had only preconditions.
      .filter(([, member]) => JSON.stringify(member) !== '[{}]'),
  );
}

const isEmpty = (member: unknown) => Array.isArray(member) && member.length === 0;

const bodies = (resources: readonly { readonly address: string; readonly body: unknown }[]) =>
  Object.fromEntries(resources.map(({ address, body }) => [address, plain(body)]));

/** Everything that a deployment says. Its raw resources are compared above, and lists of addresses follow the order of files. */
const facts = ({ resources, ...deployment }: Deployment) => [resources.length, ordered(deployment)];

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const addressed = value.every((one) => typeof one?.address === 'string');
    const inOrder = value.map(ordered) as { readonly address: string }[];
    return addressed ? inOrder.toSorted((one, other) => (one.address < other.address ? -1 : 1)) : inOrder;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, ordered(member)]));
}

test.each(labels)(
  '%s: our own reader finds the same resources, with the same values, as in the JSON',
  async (label) => {
    const folder = await readFolder(folderOf(label));
    const json = readConfiguration(documents.get(label), label);
    expect(folder.resources.map(({ address }) => address).toSorted()).toEqual(
      json.resources.map(({ address }) => address).toSorted(),
    );
    expect(bodies(folder.resources)).toEqual(bodies(json.resources));
    expect(facts(readTerraform(folder, label))).toEqual(facts(readArchitecture(documents.get(label), label)));
  },
);

(terraform ? test : test.skip)('`terraform fmt` has nothing to change', () => {
  const { status, stdout } = spawnSync('terraform', ['fmt', '-check', '-recursive', '-diff', scratch], {
    encoding: 'utf8',
    env: { ...process.env, CHECKPOINT_DISABLE: '1' },
  });
  expect([stdout, status]).toEqual(['', 0]);
});

test('a setting is written once, as the default of its variable', () => {
  for (const [label, text] of texts) {
    expect([label, text.split('"shop.example.com"').length - 1]).toEqual([label, label === 'single-zone' ? 0 : 1]);
    // Terraform refuses a variable in the description of an output.
    const outputs = fs.readFileSync(path.join(folderOf(label), 'outputs.tf'), 'utf8');
    expect([label, outputs.match(/^ {2}description .*var\..*$/m)]).toEqual([label, null]);
    expect([label, text.split('oncall@example.com').length - 1]).toEqual([label, 1]);
    expect([label, text.split('"P0v3"').length - 1]).toEqual([label, 1]);
    expect([label, text.includes('local.host')]).toEqual([label, false]);
  }
  expect(texts.get('zone-redundant')).toMatch(/^ {2}tags += var\.tags$/m);
});

test('a host with an Azure DNS zone stays as it is, because names of records follow from it', () => {
  const document = { resource: { azurerm_dns_txt_record: { one: { name: 'asuid.shop', zone: 'shop.example.com' } } } };
  const text = [...exportTerraform(document, values, 'x').files.values()].join('\n');
  expect(text).toContain('"shop.example.com"');
  expect(text).not.toContain('var.host');
});

test('an empty list is written only for arguments, which the native syntax has; and a key that is an expression has parentheses', () => {
  const all = [...texts.values()].join('\n');
  const empty = new Set([...all.matchAll(/^ *(\w+) += \[\]$/gm)].map(([, name]) => name as string));
  expect([...empty].toSorted()).toEqual(['default', 'x_fd_health_probe', 'x_forwarded_for', 'x_forwarded_host']);
  expect(all).toMatch(/^ {4}\(var\.host\) += azurerm_/m);
  expect(all).not.toMatch(/^ *var\.\w+ += /m);
});

test('every comment explains something that a variant has', () => {
  const all = [...texts.values()].join('\n').replace(/\n\s*# /g, ' ');
  expect(comments.filter(({ reason }) => !all.includes(reason))).toEqual([]);
});

test('resources that belong together share a file', () => {
  const names = fs.readdirSync(folderOf('zone-redundant'));
  expect(names).toEqual(
    expect.arrayContaining(['terraform.tf', 'variables.tf', 'locals.tf', 'outputs.tf', 'gateway.tf']),
  );
  expect(names).toEqual(
    expect.arrayContaining(['swedencentral.tf', 'swedencentral_hosting.tf', 'swedencentral_network.tf']),
  );
});

describe('text', () => {
  test.each([
    ['plain', '"plain"'],
    ['a "quote" and a \\ and\na line', '"a \\"quote\\" and a \\\\ and\\na line"'],
    ['${a.b}', 'a.b'],
    ['${f("}", "${g("}")}")}', 'f("}", "${g("}")}")'],
    ['x${a["k"]}y', '"x${a["k"]}y"'],
    ['${a}${b}', '"${a}${b}"'],
    ['$${not}', '"$${not}"'],
    ['{ in braces } ${ { a = 1 }["a"] }', '"{ in braces } ${ { a = 1 }["a"] }"'],
  ])('%j is written as %s', (given, written) => {
    expect(template(given)).toBe(written);
  });

  test('arguments are aligned until a comment or a value of several lines', () => {
    const argument = (name: string, value: unknown, comment?: string) => ({
      kind: 'argument' as const,
      name,
      value,
      comment,
    });
    const items = [
      argument('a', 1),
      argument('long', 2),
      argument('other', 3, 'Why.'),
      argument('b', { c: 1 }),
      argument('d', []),
    ];
    expect(renderFile([{ kind: 'block', name: 'locals', items }])).toBe(
      'locals {\n  a    = 1\n  long = 2\n  # Why.\n  other = 3\n  b = {\n    c = 1\n  }\n  d = []\n}\n',
    );
  });
});

describe('the folder', () => {
  test('keeps a local state where it is', () => {
    const document = { terraform: { backend: { local: { path: '../../../state/x.tfstate' } } } };
    expect(withStateSeenFrom(document, 'cdktf.out/stacks/x', 'cdktf.out/export/x')).toEqual(document);
    expect(withStateSeenFrom(document, 'cdktf.out/stacks/x', 'x')).toEqual({
      terraform: { backend: { local: { path: '../state/x.tfstate' } } },
    });
  });

  test('is not written over', () => {
    expect(() => checkFolder(folderOf('zone-redundant'))).toThrow(InputError);
    expect(() => checkFolder(path.join(scratch, 'nothing'))).not.toThrow();
  });
});
