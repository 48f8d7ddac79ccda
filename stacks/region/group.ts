import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Construct } from 'constructs';
import { partsOf } from '../settings/resourceId';

export interface GroupProps {
  /** Resource id of one that is there; undefined: it is made. */
  readonly existingId: string | undefined;
  readonly name: string;
  /** Azure's name of the region in which its metadata lives. */
  readonly location: string;
  readonly tags: Record<string, string>;
}

/** A resource group of a deployment, made or existing. */
export class Group extends Construct {
  /** Resource id. */
  readonly id: string;
  readonly name: string;

  constructor(scope: Construct, id: string, { existingId, name, location, tags }: GroupProps) {
    super(scope, id);
    const group =
      existingId === undefined
        ? new ResourceGroup(this, 'resource', { name, location, tags })
        : { id: existingId, name: partsOf(existingId).resourceGroupName };
    this.id = group.id;
    this.name = group.name;
  }
}
