import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { App, TerraformElement, TerraformStack } from 'cdktf';
import type { Node } from 'constructs';

import type { WatchedPlace } from '../../../stacks/monitoring/place';
import { namer } from '../../../stacks/naming';
import { RegionIdentity } from '../../../stacks/region/identity';
import { Network } from '../../../stacks/region/network/network';
import { parseSettings, type Settings } from '../../../stacks/settings';
import { quietly } from '../../../synthesis/synthesis';
import { settings as declared } from '../../support/settings';
import { synthesized } from '../../support/snapshots';

/** A block of Terraform's JSON. */
export type Block = Readonly<Record<string, unknown>>;

/** The settings of the repository with some changed, checked as synth would. */
export const settingsWith = (change: Partial<Settings> = {}): Settings => parseSettings({ ...declared, ...change });

/** A host in a DNS zone of Azure, so that one apply makes everything. */
export const inZone: Partial<Settings> = {
  domain: {
    host: 'shop.contoso.com',
    dnsZoneId: '/subscriptions/0/resourceGroups/rg-dns/providers/Microsoft.Network/dnsZones/contoso.com',
    dnsReady: false,
  },
};

/** One region more than the repository declares. */
export const three: Partial<Settings> = {
  regions: [
    { location: 'swedencentral', addressSpace: '10.0.0.0/16' },
    { location: 'northeurope', addressSpace: '10.1.0.0/16' },
    { location: 'francecentral', addressSpace: '10.2.0.0/16' },
  ],
};

/** What a synth wrote, by address. */
export class Terraform {
  /** Every resource by address. */
  readonly resources: ReadonlyMap<string, Block>;
  private readonly references = new Map<string, readonly string[]>();

  constructor(readonly json: Block) {
    this.resources = new Map(this.types.flatMap((type) => [...this.all(type)]));
  }

  /** Blocks of a resource type by address, as in `azurerm_subnet.network_gateway`. */
  all(type: string): ReadonlyMap<string, Block> {
    const resources = (this.json.resource ?? {}) as Record<string, Record<string, Block>>;
    return new Map(Object.entries(resources[type] ?? {}).map(([name, block]) => [`${type}.${name}`, block]));
  }

  blocks(type: string): readonly Block[] {
    return [...this.all(type).values()];
  }

  /** The only block of its type. */
  one(type: string): Block {
    const [block, ...others] = this.blocks(type);
    if (!block || others.length > 0) throw new Error(`expected one ${type}, got ${block ? others.length + 1 : 0}`);
    return block;
  }

  get types(): readonly string[] {
    return Object.keys((this.json.resource ?? {}) as Block);
  }

  /** Addresses that Terraform makes before this one, by reference or `depends_on`, however indirectly. */
  before(address: string): ReadonlySet<string> {
    const seen = new Set<string>();
    const visit = (of: string) => {
      for (const other of this.named(of))
        if (!seen.has(other)) {
          seen.add(other);
          visit(other);
        }
    };
    visit(address);
    return seen;
  }

  private named(address: string): readonly string[] {
    const known = this.references.get(address);
    if (known) return known;
    const found = texts(this.resources.get(address)).flatMap((text) => text.match(/azurerm_\w+\.[\w-]+/g) ?? []);
    const named = [...new Set(found)].filter((other) => this.resources.has(other));
    this.references.set(address, named);
    return named;
  }
}

/** Every text in a value, wherever it stands. CDKTF's own metadata is none of it. */
export function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => (key === '//' ? [] : texts(member)));
}

/** What stands at a path such as `site_config.ip_restriction.0.headers`. */
export function at<T = Block>(value: unknown, keys: string): T {
  const found = keys.split('.').reduce<unknown>((block, key) => (block as Block | undefined)?.[key], value);
  return found as T;
}

const made = new Map<string, Terraform>();

/** Synthesizes a variant as a command would; the same twice only once, because nobody changes what comes out. */
export function variant(word: string, change: Partial<Settings> = {}): Terraform {
  const key = JSON.stringify([word, change]);
  const before = made.get(key);
  if (before) return before;
  const [text] = [...synthesized([word], { ...declared, ...change }).values()];
  const terraform = new Terraform(JSON.parse(text ?? '{}') as Block);
  made.set(key, terraform);
  return terraform;
}

/** Synthesizes every variant as it is declared, by name. */
export function everyVariant(change: Partial<Settings> = {}): ReadonlyMap<string, Terraform> {
  const written = [...synthesized([], { ...declared, ...change })];
  return new Map(written.map(([label, text]) => [label, new Terraform(JSON.parse(text) as Block)]));
}

/** Synthesizes a stack around one construct. */
export function stackOf(
  build: (stack: TerraformStack, place: WatchedPlace) => void,
  change: Partial<Settings> = {},
): Terraform {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-construct-'));
  try {
    quietly(() => {
      const app = new App({ outdir, stackTraces: false });
      const stack = new ReadableStack(app, 'test');
      new AzurermProvider(stack, 'azurerm', { features: [{}] });
      build(stack, placeIn(settingsWith(change)));
      app.synth();
    });
    const text = fs.readFileSync(path.join(outdir, 'stacks', 'test', 'cdk.tf.json'), 'utf8');
    return new Terraform(JSON.parse(text) as Block);
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

/** A place whose group, workspace and action group are elsewhere. */
export const placeIn = (settings: Settings): WatchedPlace => ({
  name: namer({ ...settings, variant: 'test' }),
  location: 'swedencentral',
  resourceGroupName: 'rg-test',
  resourceGroupId: '/subscriptions/0/resourceGroups/rg-test',
  settings,
  tags: settings.tags,
  workspaceId: '/workspaces/test',
  actionGroupId: '/actionGroups/test',
});

/** What constructs inside a network need around them. */
export function surroundings(stack: TerraformStack, place: WatchedPlace) {
  const network = new Network(stack, 'network', {
    place,
    addressSpace: '10.0.0.0/16',
    entry: undefined,
    redisPort: undefined,
  });
  const { identity, assignments } = new RegionIdentity(stack, 'identity', {
    place,
    role: 'app',
    grants: ['sendTelemetry'],
  });
  return { place, network, identity, rights: assignments };
}

/** Addresses as in `VariantStack`: the construct path, without a hash. */
class ReadableStack extends TerraformStack {
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const parts = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    return parts.filter((part) => part !== 'resource').join('_');
  }
}
