import { ChaosStudioCapability } from '@cdktf/provider-azurerm/lib/chaos-studio-capability';
import { ChaosStudioExperiment } from '@cdktf/provider-azurerm/lib/chaos-studio-experiment';
import { ChaosStudioTarget } from '@cdktf/provider-azurerm/lib/chaos-studio-target';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Construct } from 'constructs';
import type { Place } from '../monitoring/place';

export interface ExperimentProps {
  /** Where the target is. */
  readonly place: Place;
  /** Region that keeps the experiment. */
  readonly location: string;
  /** How long the fault lasts. */
  readonly minutes: number;
  /** What it breaks, as a part of its name. */
  readonly part: string;
  /** Resource id of what it breaks, and what Chaos Studio calls that kind. */
  readonly targetId: string;
  readonly targetType: string;
  /** The fault of the library, with its version. */
  readonly capability: string;
  /** Built-in role that the fault library's page suggests for the kind; granted on the target alone. */
  readonly role: string;
  /** Left out: the fault takes none. */
  readonly parameters?: Record<string, string>;
}

const selector = 'target';

/** One fault for one resource: the resource as a target, the fault as its only capability, and who may start it there. */
export class Experiment extends Construct {
  /** Resource id, by which it is started. */
  readonly id: string;

  constructor(scope: Construct, id: string, props: ExperimentProps) {
    super(scope, id);
    const { place, location, minutes, part, targetId, targetType, capability: fault, role, parameters } = props;
    const target = new ChaosStudioTarget(this, 'target', {
      location: place.location,
      targetResourceId: targetId,
      targetType,
    });
    const capability = new ChaosStudioCapability(this, 'capability', {
      chaosStudioTargetId: target.id,
      capabilityType: fault,
    });
    const experiment = new ChaosStudioExperiment(this, 'resource', {
      name: place.name('chaosExperiment', part, place.location),
      location,
      resourceGroupName: place.resourceGroupName,
      identity: { type: 'SystemAssigned' },
      selectors: [{ name: selector, chaosStudioTargetIds: [target.id] }],
      steps: [
        {
          name: part,
          branch: [
            {
              name: part,
              actions: [
                {
                  actionType: 'continuous',
                  urn: capability.urn,
                  selectorName: selector,
                  duration: `PT${minutes}M`,
                  ...(parameters && { parameters }),
                },
              ],
            },
          ],
        },
      ],
    });
    this.id = experiment.id;
    new RoleAssignment(this, 'may_break_target', {
      scope: targetId,
      roleDefinitionName: role,
      principalId: experiment.identity.principalId,
      principalType: 'ServicePrincipal',
      description: `Chaos Studio: ${part} of this resource.`,
    });
  }
}
