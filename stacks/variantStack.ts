import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { LocalBackend, TerraformElement, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct, Node } from 'constructs';
import { ApplicationGatewayEntry } from './entry/applicationGateway';
import { FrontDoorEntry } from './entry/frontDoor';
import { declareHost } from './entry/host';
import { namer } from './naming';
import { Region } from './region/region';
import { GeoReplication } from './region/sessions';
import type { RegionSettings, Settings } from './settings';
import type { Variant } from './variant';

export interface VariantStackProps {
  /** Name in `main.ts`. A toggled variant keeps the names and the state of the one it was made from. */
  readonly base: string;
  readonly variant: Variant;
  readonly settings: Settings;
}

/** One variant, whole: its regions, its entry and its outputs. Wiring only; each resource is in its concern's file. */
export class VariantStack extends TerraformStack {
  private readonly addresses = new Map<string, string>();

  constructor(scope: Construct, label: string, { base, variant, settings }: VariantStackProps) {
    super(scope, label);
    const name = namer({ workload: settings.workload, environment: settings.environment, variant: base });
    declareTerraform(this, base, variant, settings);
    if (settings.domain !== 'none' && variant.entry !== 'app-service') declareHost(this, settings.domain.host);

    const frontDoor =
      variant.entry === 'front-door'
        ? new FrontDoorEntry(this, 'front_door', { name, base, variant, settings })
        : undefined;
    const regions = settings.regions
      .slice(0, variant.regions)
      .map(
        (region: RegionSettings) =>
          new Region(this, region.location, { name, base, variant, settings, region, frontDoor }),
      );

    if (variant.sessions === 'redis-geo')
      GeoReplication.link(
        this,
        'geo_replication',
        regions.flatMap((region) => region.sessions ?? []),
      );
    for (const region of regions) region.host();

    const url = entryUrl(this, variant, { name, settings, frontDoor, regions });
    new TerraformOutput(this, 'url', { value: url, description: 'Where users go.' });
    new TerraformOutput(this, 'app_host_names', {
      value: Object.fromEntries(regions.map(({ location, app }) => [location, app.defaultHostname])),
      description: "Each region's own host name on App Service.",
    });
    new TerraformOutput(this, 'app_ids', {
      value: Object.fromEntries(regions.map(({ location, app }) => [location, app.id])),
      description: "Resource id of each region's web app, for a deployment pipeline.",
    });
  }

  /**
   * Terraform addresses are the construct path joined by `_`, without CDKTF's hash: they are read by people and kept as
   * a contract. A part named `resource` is left out, for the main child of a construct.
   *
   * @throws Error when two elements would merge into one address, which CDKTF does silently
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const parts = node.scopes.slice(node.scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const id = parts.filter((part) => part !== 'resource').join('_');
    const type = TerraformElement.isTerraformElement(element) ? element.constructor.name : '';
    const owner = this.addresses.get(`${type} ${id}`);
    if (owner !== undefined && owner !== node.path)
      throw new Error(`${owner} and ${node.path} would share the address ${id}`);
    this.addresses.set(`${type} ${id}`, node.path);
    return id;
  }
}

/** The provider, the versions and where state goes. */
function declareTerraform(stack: TerraformStack, base: string, variant: Variant, settings: Settings): void {
  new AzurermProvider(stack, 'azurerm', {
    features: [{}],
    // The provider's own list registers some sixty namespaces; a deployer needs rights for those used here only.
    resourceProviderRegistrations: 'none',
    ...(settings.registerResourceProviders && { resourceProvidersToRegister: resourceProviders(variant) }),
  });
  // The binding asks for the azurerm that it was generated from; newer 4.x accept what older ones declare.
  stack.addOverride('terraform.required_providers.azurerm', { source: 'hashicorp/azurerm', version: '~> 4.79' });
  stack.addOverride('terraform.required_version', '>= 1.11.0');
  // Relative to the folder that Terraform runs in, so that it survives a new synth and names no machine.
  new LocalBackend(stack, { path: `../../../state/${base}.tfstate` });
}

function resourceProviders({ sessions, entry }: Variant): string[] {
  const redis = sessions === 'in-process' ? [] : ['Microsoft.Cache'];
  const frontDoor = entry === 'front-door' ? ['Microsoft.Cdn'] : [];
  return [...redis, ...frontDoor, 'Microsoft.ManagedIdentity', 'Microsoft.Network', 'Microsoft.Web'];
}

interface EntryParts {
  readonly name: ReturnType<typeof namer>;
  readonly settings: Settings;
  readonly frontDoor: FrontDoorEntry | undefined;
  readonly regions: readonly Region[];
}

/** Puts the entry in front of the regions and answers with its address. */
function entryUrl(stack: TerraformStack, variant: Variant, { name, settings, frontDoor, regions }: EntryParts): string {
  const domain = settings.domain === 'none' ? undefined : settings.domain.host;
  if (frontDoor) {
    for (const region of regions) frontDoor.addOrigin(region);
    frontDoor.route();
    return `https://${domain ?? frontDoor.hostName}`;
  }
  const [region] = regions as [Region];
  if (variant.entry === 'app-service') return `https://${region.app.defaultHostname}`;
  const gateway = new ApplicationGatewayEntry(stack, 'gateway', {
    name,
    region,
    affinity: variant.affinity.applicationGateway === 'on',
    host: domain,
    tags: settings.tags,
  });
  return `http://${domain ?? gateway.address}`;
}
