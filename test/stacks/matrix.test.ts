import fs from 'node:fs';
import path from 'node:path';
import { variants } from '../../main';
import type { Settings } from '../../stacks/settings';
import { docsFolder } from '../docs/markdown';
import { rewrites } from '../support/golden';
import { answerTo } from '../support/stacks/answerTo';
import { delegation, network } from '../support/stacks/spoke';
import { type Terraform, variant } from './constructs/stack';

// Every variant, with each kind of app, in each kind of network, reached in each way: it synthesizes, or the table says why not.
type Change = Partial<Settings>;

const other = network.virtualNetworkId.replace('spoke', 'spoke-2');
const secondSubnet = (name: string, range: string) => ({ id: `${other}/subnets/${name}`, range });
const second = {
  virtualNetworkId: other,
  subnets: {
    appService: { ...secondSubnet('app', '10.1.4.0/27'), delegation },
    privateEndpoints: secondSubnet('endpoints', '10.1.4.64/28'),
  },
};
const code = { stack: 'dotnet', version: '9.0', package: 'web.zip', sessionContract: true } as const;
const apps: Readonly<Record<string, Change>> = {
  shop: {},
  'your code': { app: code },
  container: { app: { image: 'team.azurecr.io/shop/web:1.4.0', port: 8080, sessionContract: true } },
  "your code, `package: 'cli'`": { app: code, package: 'cli' },
};
const networks: Readonly<Record<string, Change>> = {
  new: {},
  existing: {
    regions: [
      { location: 'swedencentral', addressSpace: '10.0.4.0/24' },
      { location: 'northeurope', addressSpace: '10.1.4.0/24' },
    ],
    existing: { networks: { swedencentral: network, northeurope: second }, privateDnsZones: 'policy' },
  },
};
const accesses: Readonly<Record<string, (network: string) => Change>> = {
  addresses: () => ({ deployerAddresses: ['203.0.113.7'] }),
  // In a new network the runner is in the subnet that the blueprint makes.
  private: (inNetwork) => ({ access: 'private', agentsSubnet: inNetwork === 'new' }),
};

interface Combination {
  readonly word: string;
  readonly app: string;
  readonly network: string;
  readonly access: string;
  readonly change: Change;
}
const words = Object.keys(variants);
const places = Object.keys(networks).flatMap((inNetwork) =>
  Object.entries(accesses).map(([access, change]) => ({
    network: inNetwork,
    access,
    change: { ...networks[inNetwork], ...change(inNetwork) },
  })),
);
const combinations: readonly Combination[] = places.flatMap((place) =>
  Object.entries(apps).flatMap(([app, change]) =>
    words.map((word) => ({ word, app, ...place, change: { ...place.change, ...change } })),
  ),
);
const answers = new Map(combinations.map((one) => [one, answerTo(one.word, one.change)]));

/** A refusal as the table has it: the first sentence, without the variant's name. */
const reasonOf = ({ word }: Combination, answer: string) =>
  `${answer.split('. ')[0]}`.replaceAll(`${word}: `, '').replaceAll(` (${word})`, '');

function table(): string {
  const reasons: string[] = [];
  const cell = (of: readonly Combination[]): string => {
    const refused = of.filter((one) => answers.get(one) !== 'synthesizes');
    if (refused.length === 0) return 'every variant';
    const numbers = new Set(
      refused.map((one) => {
        const reason = reasonOf(one, answers.get(one) as string);
        if (!reasons.includes(reason)) reasons.push(reason);
        return reasons.indexOf(reason) + 1;
      }),
    );
    const left = of.filter((one) => !refused.includes(one));
    const named = (some: readonly Combination[]) => some.map(({ word }) => `\`${word}\``).join(', ');
    const said = left.length < refused.length ? `only ${named(left)}` : `all but ${named(refused)}`;
    return `${left.length === 0 ? 'none' : said} (${[...numbers].join(', ')})`;
  };
  const rows = places.map(({ network: inNetwork, access }) => {
    const cells = Object.keys(apps).map((app) =>
      cell(combinations.filter((one) => one.network === inNetwork && one.access === access && one.app === app)),
    );
    return `| ${inNetwork} | ${access} | ${cells.join(' | ')} |`;
  });
  const head = ['network', 'access', ...Object.keys(apps)];
  return [
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---|').join('')}`,
    ...rows,
    '',
    ...reasons.map((reason, index) => `${index + 1}. ${reason}.`),
  ].join('\n');
}

test('the table in the docs says what synthesizes, and why the rest is refused', () => {
  const file = path.join(docsFolder, 'landing-zone.md');
  const text = fs.readFileSync(file, 'utf8');
  const between = /(<!-- combinations -->\n)[\s\S]*?(\n<!-- end of combinations -->)/;
  if (rewrites)
    fs.writeFileSync(
      file,
      text.replace(between, (_, begin, end) => `${begin}${table()}${end}`),
    );
  else expect(between.exec(text)?.[0]).toBe(`<!-- combinations -->\n${table()}\n<!-- end of combinations -->`);
});

test('every refusal names the choice, the value given and what to change', () => {
  for (const answer of answers.values())
    if (answer !== 'synthesizes') expect(answer).toMatch(/^`[^`]+` must be .+, got: .+\. .+\.$/s);
  expect(new Set(answers.values()).size).toBeGreaterThan(1);
});

const pairsOf = ({ app, network: n, access }: Combination) => [`${app}, ${n}`, `${app}, ${access}`, `${n}, ${access}`];
const allowed = combinations.filter((one) => answers.get(one) === 'synthesizes');

/** Two for each variant, each the one that adds most to the pairs of app, network and access that are in others. */
const sample: Combination[] = [];
for (const word of [...words, ...words]) {
  const met = sample.flatMap(pairsOf);
  const fresh = (one: Combination) => pairsOf(one).filter((pair) => !met.includes(pair)).length;
  const open = allowed.filter((one) => one.word === word && !sample.includes(one));
  sample.push(open.toSorted((a, b) => fresh(b) - fresh(a))[0] as Combination);
}

test('the sample has every pair of app, network and access that is allowed somewhere', () => {
  const pairs = (of: readonly Combination[]) => [...new Set(of.flatMap(pairsOf))].toSorted();
  expect(pairs(sample)).toEqual(pairs(allowed));
});

test.each(sample)(
  '$word with $app in the $network network, reached by $access',
  ({ word, app, network: n, access, change }) => {
    const terraform: Terraform = variant(word, change);
    const sites = terraform.blocks('azurerm_linux_web_app');
    expect(sites.length).toBeGreaterThan(0);
    const [site] = sites;
    expect(JSON.stringify(site?.site_config)).toContain(
      app === 'container' ? 'docker_image_name' : app === 'shop' ? 'node_version' : 'dotnet_version',
    );
    expect(terraform.types.includes('azurerm_virtual_network')).toBe(n === 'new');
    for (const vault of terraform.blocks('azurerm_key_vault'))
      expect(vault.public_network_access_enabled).toBe(access === 'addresses');
  },
);
