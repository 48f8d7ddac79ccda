import type { TerraformStack } from 'cdktf';
import type { Namer } from '../naming';
import type { Ingress } from '../region/ingress';
import type { EntrySubnet } from '../region/network/network';
import type { RegionApp } from '../region/regionApp';
import type { Settings } from '../settings';
import type { Variant } from '../variant';

/**
 * What every kind of entry answers. A new entry is a file that answers these questions and a line in `entries.ts`; the
 * choices on the command line, the checks, the regions and the outputs follow from the answers.
 */
export interface EntryKind {
  /** What people call it, as in messages: `Front Door`. */
  readonly label: string;
  /** Layers of cookie affinity that it adds to App Service's own. Each is a choice on the command line. */
  readonly affinityLayers: readonly string[];
  /** Whether it leads to one region, or chooses between several; `several` needs at least two. */
  readonly regions: 'one' | 'several';
  /** Proxies between the client and the app, each of which appends to `X-Forwarded-For`. App Service's front end is one. */
  readonly proxyHops: number;
  /** Whether users can reach it by the host of `settings.domain`. */
  readonly takesDomain: boolean;
  /** Azure resource providers that it needs beyond those of every variant. */
  readonly resourceProviders: readonly string[];
  /** The subnet that it needs in each region; left out: none. */
  readonly subnet?: EntrySubnet;
  /**
   * Refuses settings that it cannot work with.
   *
   * @param name the variant as the user named it, for the message
   * @throws InputError with the setting, the value given, what is allowed and why
   */
  check?(name: string, variant: Variant, settings: Settings): void;
  /**
   * Refuses what synthesizes and could not be applied. A synth that is only read (review, compare, drill) takes it.
   *
   * @throws InputError as `check`
   */
  checkDeployable?(name: string, settings: Settings): void;
  /** Declares what must be there before the regions, and says who may call the apps. */
  declare(stack: TerraformStack, props: EntryProps): Entry;
}

export interface EntryProps {
  readonly name: Namer;
  /** Name of the variant in `main.ts`. */
  readonly base: string;
  readonly variant: Variant;
  readonly settings: Settings;
}

/** An entry in one stack. */
export interface Entry {
  /** Who may call the apps. */
  readonly ingress: Ingress;
  /** Puts the entry in front of the apps, the first region's first, and the host name in front of the entry. */
  open(apps: readonly [RegionApp, ...RegionApp[]]): OpenEntry;
}

export interface OpenEntry {
  /** Where users go. */
  readonly url: string;
  /** Whether users get there after this apply. False: DNS records are still to be made by hand. */
  readonly reachable: boolean;
  /** Whether browsers trust the certificate that users see. */
  readonly trustedCertificate: boolean;
}
