import type { Deployment, Region } from './deployment';
import type { Entry } from './entry';
import { agreed } from './known';

/** What the entry and the apps of a deployment say together, or of a part of one. */
export function together(
  regions: readonly Region[],
  entry: Entry,
): Pick<
  Deployment,
  'entry' | 'hostPreserved' | 'affinity' | 'sessions' | 'latencyWindowMs' | 'frontDoorProbe' | 'gatewayProbe'
> {
  return {
    entry: entry.kind,
    hostPreserved: entry.hostPreserved,
    affinity: {
      appService: agreed(
        regions.map(({ app }) => app.affinity),
        'affinity differs between apps',
      ),
      applicationGateway: entry.applicationGatewayAffinity,
      frontDoor: entry.frontDoorAffinity,
    },
    sessions: agreed(
      regions.map(({ app }) => app.sessions),
      'sessions differ between apps',
    ),
    latencyWindowMs: entry.latencyWindowMs,
    frontDoorProbe: entry.frontDoorProbe,
    gatewayProbe: entry.gatewayProbe,
  };
}
