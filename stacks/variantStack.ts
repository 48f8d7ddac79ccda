import { TerraformElement, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct, Node } from 'constructs';
import { isGeoReplicated } from '../sessions/stores';
import { appOf, arrivalOf } from './app';
import { forProvider } from './azurermMajor';
import { Experiments } from './chaos/experiments';
import { entryKind } from './entry/entries';
import { AvailabilityTest } from './monitoring/availabilityTest';
import { SubscriptionWatch } from './monitoring/subscription';
import { namer } from './naming';
import { declareRequiredRules } from './region/network/requiredRules';
import { Region } from './region/region';
import { RegionApp } from './region/regionApp';
import { GeoReplication } from './region/sessions';
import type { Settings } from './settings';
import { isPrivate } from './settings/access';
import { experimentsIn } from './settings/chaosRegions';
import { declareShipOutput } from './shipOutput';
import { sizeOf } from './size';
import { declareTerraform } from './terraform';
import type { Variant } from './variant';

export interface VariantStackProps {
  /** Name in `main.ts`. A toggled variant keeps the names and the state of the one it was made from. */
  readonly base: string;
  readonly variant: Variant;
  readonly settings: Settings;
  readonly packageHash: string;
  /** Of the slot's package, where the settings name one. */
  readonly slotPackageHash?: string;
}

/** One variant, whole: its regions, its entry and its outputs. Wiring only; each resource is in its concern's file. */
export class VariantStack extends TerraformStack {
  private readonly addresses = new Map<string, string>();

  private readonly settings: Settings;

  constructor(
    scope: Construct,
    id: string,
    { base, variant, settings, packageHash, slotPackageHash }: VariantStackProps,
  ) {
    super(scope, id);
    this.settings = settings;
    const name = namer({ ...settings, variant: base });
    declareTerraform(this, base, variant, settings);
    const kind = entryKind(variant.entry);
    const entry = kind.declare(this, { name, base, variant, settings });
    const regions: Region[] = [];
    for (const region of settings.regions.slice(0, variant.regions))
      regions.push(
        new Region(this, region.location, {
          ...settings,
          ...region,
          agentsSuffice: settings.agentsSubnet && variant.regions === 1,
          name,
          groupPart: base,
          sessionStore: variant.sessions,
          entrySubnet: kind.subnet,
          packageHash,
          slotPackageHash,
          secretsOf: regions[0]?.secrets,
        }),
      );
    if (isGeoReplicated(variant.sessions))
      new GeoReplication(this, 'geo_replication', { members: regions.flatMap(({ sessions }) => sessions ?? []) });
    const apps = regions.map(
      (region) =>
        new RegionApp(region, {
          instances: variant.instances,
          zoneRedundant: variant.zoneRedundant,
          affinity: variant.affinity.appService === 'on',
          ingress: entry.ingress,
          proxyHops: kind.proxyHops,
        }),
    ) as [RegionApp, ...RegionApp[]];

    const { url, reachable, trustedCertificate } = entry.open(apps);
    // From every region, or losing one would blind the outside view, too.
    for (const { location, place, insights } of regions)
      new AvailabilityTest(this, `availability_test_${location}`, {
        place,
        insights,
        url,
        enabled: reachable,
        checkCertificate: trustedCertificate,
      });
    new SubscriptionWatch(this, 'subscription', { base, regions, monthlyBudget: settings.monthlyBudget });
    const { chaos } = settings;
    if (chaos) {
      const location = chaos.location ?? experimentsIn(regions.map((region) => region.location)) ?? '';
      new Experiments(this, 'chaos', { apps, location, minutes: chaos.minutes ?? 10 });
    }
    this.declareOutputs(url, apps, settings);
    declareRequiredRules(this, regions);
    if (arrivalOf(settings) === 'onedeploy')
      declareShipOutput(this, {
        apps,
        healthPath: appOf(settings).healthPath,
        url,
        trustedCertificate,
        privateStorage: isPrivate(settings),
      });
  }

  private declareOutputs(url: string, apps: readonly RegionApp[], settings: Settings): void {
    const output = (id: string, value: unknown, description: string) =>
      new TerraformOutput(this, id, { value, description });
    const perRegion = (of: (app: RegionApp) => string) =>
      Object.fromEntries(apps.map((app) => [app.region.location, of(app)]));
    output('url', url, 'Where users go.');
    output(
      'app_host_names',
      perRegion(({ app }) => app.defaultHostname),
      "Each region's own host name on App Service.",
    );
    output(
      'app_ids',
      perRegion(({ app }) => app.id),
      "Resource id of each region's web app, for a deployment pipeline.",
    );
    if (Object.keys(appOf(settings).secrets).length > 0)
      output(
        'key_vault_names',
        perRegion(({ region }) => region.secrets.vault.name),
        "Each region's key vault, into which the secrets of your app are written.",
      );
    const { givesUp } = sizeOf(settings);
    if (givesUp.length > 0) output('trial_gives_up', givesUp, 'What a trial does without.');
  }

  /** The Terraform in the words of the provider that the settings ask for. */
  override toTerraform(): Record<string, unknown> {
    return forProvider(super.toTerraform() as Record<string, unknown>, this.settings);
  }

  /**
   * CDKTF resolves every attribute once more to find references into other stacks, a third of a synth. A variant is one
   * stack, so there are none.
   */
  override prepareStack(): void {
    this.ensureBackendExists();
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
