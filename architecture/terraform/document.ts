import type { Known, Unknown } from '../known';
import type { JsonObject } from './json';
import type { ProviderSeen } from './provider';

/**
 * One Terraform document, whatever it was: a configuration, a plan. What reads resources knows documents by this interface
 * alone. A new kind of document (a state, a folder of HCL) is one more file that makes one.
 */
export interface TerraformDocument {
  /** Managed resources, in the order of the document. */
  readonly resources: readonly TerraformResource[];
  /** Managed resources and what data sources looked up. */
  readonly byAddress: ReadonlyMap<string, TerraformResource>;
  /** What `local.name` in an expression stands for. */
  readonly locals: JsonObject;
  /** What else may declare resources that this document does not hold, such as `module.web`. */
  readonly elsewhere: readonly string[];
  /**
   * Whether a resource also has the arguments that its author left out, with the defaults that the provider filled in. Then
   * an argument that is not there is one that the provider's version does not have.
   */
  readonly defaultsFilledIn: boolean;
  /** What a plan is going to do, by address; null: the document does not show it. */
  readonly planned: ReadonlyMap<string, PlannedChange> | null;
  /** What a plan says beside its resources; null: it is not a plan. */
  readonly evidence: PlanEvidence | null;
  /** The azurerm that it is for; absent: the document does not say. */
  readonly provider?: ProviderSeen | null;
  /** Comments that speak to this program; absent: a document of this kind has none. */
  readonly remarks?: readonly RemarkAt[];
}

/** A comment that begins with `steadystate:`, at a resource or a module. */
export interface RemarkAt {
  /** Terraform address of the block that it is in, or above. */
  readonly address: string;
  /** What follows `steadystate:`. */
  readonly text: string;
  /** File and line, as in `main.tf:12`, or the file alone. */
  readonly where: string;
}

export interface TerraformResource {
  readonly address: string;
  /** As in `azurerm_linux_web_app`. */
  readonly type: string;
  /**
   * Arguments by name, nested blocks as objects or lists of them. A value that is not known is an expression with the
   * references that it comes from, as in `${azurerm_service_plan.plan.id}`; one that has none is `afterApply` or sensitive:
   * see `expression.ts`.
   */
  readonly body: JsonObject;
  /** The arguments that the author wrote, by name; null: the document does not show it. */
  readonly stated: JsonObject | null;
  /** Names in `lifecycle.ignore_changes`; `all` for every argument. */
  readonly ignoredChanges: Known<readonly string[]>;
  /** Why this one block may make any number of resources; null: it makes one. */
  readonly multiplied: Unknown | null;
  /** Why it is unknown whether the resource exists at all: a `count` decides; null: it does exist. */
  readonly conditional: Unknown | null;
  /** What may be shown of it. */
  readonly shown: JsonObject;
}

/** What Terraform is going to do with a resource. */
export interface PlannedChange {
  readonly actions: readonly string[];
  /** Paths of the arguments that force a replacement. */
  readonly replacePaths: readonly string[];
  /** Where a `moved` block took it from; null: it has not moved. */
  readonly previousAddress: string | null;
  /** Terraform's word for why it acts, as in `replace_because_cannot_update`; null: none is given. */
  readonly reason: string | null;
  /** Whether the plan takes over a resource that exists already. */
  readonly imported: boolean;
}

/** @see https://developer.hashicorp.com/terraform/internals/json-format */
export interface PlanEvidence {
  /** What was changed outside Terraform since the last apply. */
  readonly drifted: readonly { readonly address: string; readonly actions: readonly string[] }[];
  /** What waits for another plan, with Terraform's word for why. */
  readonly deferred: readonly { readonly address: string; readonly reason: string }[];
  /** Checks of the author that failed or could not be made, with their messages. */
  readonly failedChecks: readonly { readonly address: string; readonly problems: readonly string[] }[];
}

/** A nested block, or a single value, as a resource whose address says where it is. */
export const partOf = (owner: TerraformResource, name: string, body: JsonObject): TerraformResource => ({
  address: name === '' ? owner.address : `${owner.address}.${name}`,
  type: owner.type,
  body,
  stated: body,
  ignoredChanges: [],
  multiplied: null,
  conditional: null,
  shown: body,
});

const byType = new WeakMap<TerraformDocument, Map<string, readonly TerraformResource[]>>();

/** Resources of some types, in the order of the document. A plan may have tens of thousands of others. */
export function ofType(document: TerraformDocument, ...types: string[]): readonly TerraformResource[] {
  const known = byType.get(document) ?? new Map<string, readonly TerraformResource[]>();
  byType.set(document, known);
  const key = types.join(' ');
  const found = known.get(key) ?? document.resources.filter(({ type }) => types.includes(type));
  known.set(key, found);
  return found;
}

/** Reads each resource once: every reference to it gives the same object. */
export function readOnce<T>(read: (resource: TerraformResource) => T): (resource: TerraformResource) => T {
  const known = new Map<TerraformResource, T>();
  return (resource) => {
    const found = known.get(resource) ?? read(resource);
    known.set(resource, found);
    return found;
  };
}
