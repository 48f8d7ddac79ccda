import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { variants } from '../../main';
import { blocksOf, type Json, referencesOf, regionOf } from '../../synthesis/oneRegion/blocks';
import { mergeRegions } from '../../synthesis/oneRegion/merge';
import { synthesize } from '../../synthesis/synthesize';
import { Terraform, texts, variant } from '../stacks/constructs/stack';
import { settings } from '../support/settings';

const word = 'multi-region-active-active';
const [sweden, ireland] = ['swedencentral', 'northeurope'] as const;
const locations = [sweden, ireland];

const before = variant(word);
/** In every region: larger plans, another tag, and a vault that other addresses reach. Shared: the firewall only logs. */
const change = {
  planSku: 'P1v3',
  deployerAddresses: ['203.0.113.7'],
  waf: { mode: 'Detection' as const },
};
const after = variant(word, change);

const merge = (chosen: readonly string[], applied: Json = before.json, next: Json = after.json) =>
  mergeRegions({ applied, next, locations, chosen });

/** Regions in which two documents differ; undefined: what they share does. */
function differing(one: Json, other: Json): Set<string | undefined> {
  const [left, right] = [blocksOf(one), blocksOf(other)];
  const all = new Set([...left.keys(), ...right.keys()]);
  return new Set(
    [...all]
      .filter((address) => JSON.stringify(left.get(address)) !== JSON.stringify(right.get(address)))
      .map((address) => regionOf(address, locations)),
  );
}

/** References of a document to what it does not declare. */
function dangling(document: Json): string[] {
  const declared = new Set(blocksOf(document).keys());
  return [...referencesOf(document)].filter((address) => !declared.has(address));
}

/** A block that Terraform would have to make before itself. */
const cycles = (document: Json): string[] => {
  const terraform = new Terraform(document);
  return [...terraform.resources.keys()].filter((address) => terraform.before(address).has(address));
};

test('the change is one of every region and of what they share', () =>
  expect(differing(before.json, after.json)).toEqual(new Set([sweden, ireland, undefined])));

test('a region goes alone: nothing else differs from what was applied, and every reference leads somewhere', () => {
  for (const location of locations) {
    const { document, later } = merge([location]);
    expect(differing(before.json, document)).toEqual(new Set([location]));
    expect(dangling(document)).toEqual([]);
    expect(cycles(document)).toEqual([]);
    expect(new Set(later.map((address) => regionOf(address, locations)))).toEqual(
      new Set([...locations.filter((other) => other !== location), undefined]),
    );
  }
});

test('one region after the other and the entry last ends at what a whole synth writes', () => {
  const first = merge([ireland]);
  const second = merge([sweden], first.document);
  expect(differing(first.document, second.document)).toEqual(new Set([sweden]));
  expect(differing(second.document, after.json)).toEqual(new Set([undefined]));
  const all = merge(locations);
  expect(blocksOf(all.document)).toEqual(blocksOf(second.document));
});

test('nothing but a precondition reads a local value, so a region that is left alone may have the new ones', () => {
  for (const [address, block] of blocksOf(after.json)) {
    const { precondition: _, ...lifecycle } = (block.lifecycle ?? {}) as Json;
    expect([address, texts({ ...block, lifecycle }).filter((text) => /\blocal\./.test(text))]).toEqual([address, []]);
  }
});

test('a region that copies what another one changes must not go first', () => {
  const rotated = variant(word, { sessionSecret: { signs: 'b', versions: { a: 2, b: 1 } } }).json;
  expect(() => merge([ireland], before.json, rotated)).toThrow(
    '`--region` must be swedencentral, before or together with northeurope, got: "northeurope". azurerm_key_vault_secret.northeurope_secrets_session_secret_a reads azurerm_key_vault_secret.swedencentral_secrets_session_secret_a, which changes as well.',
  );
  const first = merge([sweden], before.json, rotated).document;
  expect(differing(first, merge([ireland], first, rotated).document)).toEqual(new Set([ireland]));
});

test('what regions share comes along where a region needs it, and what refers to what is gone comes along, too', () => {
  const budget = variant(word, { monthlyBudget: 900 }).json;
  expect(differing(before.json, merge([ireland], before.json, budget).document)).toEqual(new Set());
  // A slot that goes takes its output along.
  const without = variant(word, { stagingSlot: false }).json;
  const { document } = merge([ireland], before.json, without);
  expect(dangling(document)).toEqual([]);
  expect(differing(before.json, document)).toEqual(new Set([ireland]));
});

test('sessions that begin to be replicated need both regions at once', () => {
  const alone = variant(word, {}).json;
  const single = variant(`${word},sessions=redis`).json;
  expect(() => merge([ireland], single, alone)).toThrow(/must be swedencentral, before or together with northeurope/);
  expect(() => merge([sweden], single, alone)).toThrow(/must be northeurope, before or together with swedencentral/);
  expect(dangling(merge(locations, single, alone).document)).toEqual([]);
});

test('a region that was not applied is no region to bring up to date alone', () =>
  expect(() =>
    mergeRegions({
      applied: before.json,
      next: before.json,
      locations: [...locations, 'francecentral'],
      chosen: ['francecentral'],
    }),
  ).toThrow(
    '`--region` must be a region of what was applied, got: "francecentral". A region that is added changes none of the others',
  ));

test('a move counts once its region is brought up to date', () => {
  const renamed = (location: string) => `azurerm_service_plan.${location}_hosting_plan`;
  const moved = locations.map((location) => ({ from: `${renamed(location)}_before`, to: renamed(location) }));
  // As if each plan had another address before.
  const earlier = JSON.parse(
    JSON.stringify(before.json).replaceAll(/(?<=_hosting_plan)(?=["}.[])/g, '_before'),
  ) as Json;
  const { document } = merge([ireland], earlier, { ...after.json, moved });
  expect(document.moved).toEqual([moved[1]]);
  expect(dangling({ ...document, moved: [] })).toEqual([]);
});

test('a text that looks like an address is not a reference', () => {
  const text = 'azurerm_linux_web_app.elsewhere';
  const written = JSON.stringify(after.json).replaceAll('"managed-by":"steadystate"', `"managed-by":"${text}"`);
  expect(written).toContain(text);
  const tagged = JSON.parse(written) as Json;
  expect(differing(before.json, merge([sweden], before.json, tagged).document)).toEqual(new Set([sweden]));
});

describe('a synth', () => {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-one-region-'));
  afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));
  const applied = path.join(scratch, 'cdk.tf.json');
  fs.writeFileSync(applied, JSON.stringify(before.json));
  const synth = (only: object, words = [word]) =>
    synthesize({
      variants,
      settings: { ...settings, ...change },
      words,
      outdir: path.join(scratch, 'out'),
      only: { regions: [ireland], applied, ...only },
    });

  test('writes one region up to date and says what is left', () => {
    const [written] = synth({ applied: scratch });
    const document = JSON.parse(fs.readFileSync(written?.file as string, 'utf8')) as Json;
    expect(differing(before.json, document)).toEqual(new Set([ireland]));
    expect(written?.notes[0]).toMatch(
      /^northeurope alone\. Blocks that differ from what was applied: \d+ of northeurope\. Left for later: \d+ of swedencentral, \d+ of what they share\. Synthesize without --region for these\.$/,
    );
  });

  const empty = path.join(scratch, 'empty.json');
  fs.writeFileSync(empty, '{}');
  const text = path.join(scratch, 'text.json');
  fs.writeFileSync(text, 'resource "x" {}');
  const older = path.join(scratch, 'older.json');
  fs.writeFileSync(older, JSON.stringify(before.json).replace('~> 4.79', '~> 3.0'));
  const other = path.join(scratch, 'other.json');
  fs.writeFileSync(other, JSON.stringify(variant('multi-region-sticky').json));

  test.each<[string, object, string[] | undefined, RegExp]>([
    [
      'an unknown region',
      { regions: ['westus'] },
      undefined,
      /`--region` must be one of swedencentral, northeurope, where multi-region-active-active is, got: "westus"/,
    ],
    [
      'two variants',
      {},
      [word, 'zone-redundant'],
      /`variant` must be one, with --region, got: "multi-region-active-active zone-redundant"/,
    ],
    [
      'a file that is not there',
      { applied: 'nowhere' },
      undefined,
      /`--applied` must be the cdk\.tf\.json that was applied last, or its folder, got: "nowhere"\. There is no such file\./,
    ],
    ['a file that is not JSON', { applied: text }, undefined, /It is not JSON\./],
    ['a file without Terraform', { applied: empty }, undefined, /It holds no Terraform of a synth\./],
    [
      'another major version of the provider',
      { applied: older },
      undefined,
      /`--applied` must be Terraform for azurerm ~> 4\.79, got: .* It is for azurerm ~> 3\.0, and one plan has one provider/,
    ],
    [
      'another deployment',
      { applied: other },
      undefined,
      /`--applied` must be Terraform of the same variant, environment and state/,
    ],
  ])('refuses %s', (_, only, words, message) => expect(() => synth(only, words)).toThrow(message));
});
