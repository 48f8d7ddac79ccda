import { type TerraformMetaArguments, TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

export interface ManagedRedisAccessPolicyAssignmentProps extends TerraformMetaArguments {
  /** Resource id of the Managed Redis. Another one replaces the assignment. */
  readonly managedRedisId: string;
  /** Object (principal) id of the identity that may log in; it is also the Redis user name. Groups cannot log in. */
  readonly objectId: string;
}

/**
 * Lets a Microsoft Entra identity into an Azure Managed Redis, with the built-in policy `default`: every key and command.
 *
 * The resource came with azurerm 4.60; the published binding stops at 4.55, so this class is written by hand.
 *
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/managed_redis_access_policy_assignment
 */
export class ManagedRedisAccessPolicyAssignment extends TerraformResource {
  static readonly tfResourceType = 'azurerm_managed_redis_access_policy_assignment';

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ManagedRedisAccessPolicyAssignmentProps,
  ) {
    super(scope, id, {
      terraformResourceType: ManagedRedisAccessPolicyAssignment.tfResourceType,
      terraformGeneratorMetadata: { providerName: 'azurerm' },
      ...props,
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { managed_redis_id: this.props.managedRedisId, object_id: this.props.objectId };
  }
}
