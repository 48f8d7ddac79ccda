import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import type { RegionApp } from '../region/regionApp';
import { redisPort } from '../region/sessions';
import { Experiment } from './experiment';

export interface ExperimentsProps {
  readonly apps: readonly RegionApp[];
  /** Region that keeps the experiments. */
  readonly location: string;
  /** How long a fault lasts. */
  readonly minutes: number;
}

/**
 * Experiments of Azure Chaos Studio, one for each fault that it has for a resource of the deployment, in each region. None starts
 * by itself. docs/game-day.md has every fault of the drill, also those that Chaos Studio cannot do.
 *
 * @see https://learn.microsoft.com/azure/chaos-studio/chaos-studio-fault-library
 * @see https://learn.microsoft.com/azure/chaos-studio/chaos-studio-fault-providers for the roles
 */
export class Experiments extends Construct {
  constructor(scope: Construct, id: string, { apps, location, minutes }: ExperimentsProps) {
    super(scope, id);
    const ids: Record<string, string> = {};
    for (const { app, region } of apps) {
      const { place, network, sessions } = region;
      const common = { place, location, minutes };
      const stop = new Experiment(this, `${place.location}_app_stop`, {
        ...common,
        part: 'app-stop',
        targetId: app.id,
        targetType: 'Microsoft-AppService',
        capability: 'Stop-1.0',
        role: 'Website Contributor',
      });
      ids[`app-stop ${place.location}`] = stop.id;
      const { integration, privateEndpoints } = network;
      // The filters of an existing network are their owner's.
      if (sessions === undefined || integration.group === undefined) continue;
      const outage = new Experiment(this, `${place.location}_redis_outage`, {
        ...common,
        part: 'redis-outage',
        targetId: integration.group.id,
        targetType: 'Microsoft-NetworkSecurityGroup',
        capability: 'SecurityRule-1.0',
        role: 'Network Contributor',
        parameters: {
          name: 'chaos-deny-redis',
          protocol: 'TCP',
          action: 'Deny',
          direction: 'Outbound',
          // No rule of the blueprint has a priority below 200.
          priority: '100',
          sourceAddresses: JSON.stringify([integration.group.range]),
          sourcePortRanges: JSON.stringify(['*']),
          destinationAddresses: JSON.stringify([privateEndpoints.group?.range]),
          destinationPortRanges: JSON.stringify([String(redisPort)]),
        },
      });
      ids[`redis-outage ${place.location}`] = outage.id;
    }
    new TerraformOutput(scope, 'chaos_experiments', {
      value: ids,
      description: 'Experiments of Chaos Studio by what they break, to start one by its id.',
    });
  }
}
