import type { Deployment } from '../../architecture/deployment';
import { layersInFront } from '../../architecture/layersInFront';
import { probesOf } from '../probes';
import { type Answer, compliant, finding, notApplicable, type Rule, whenKnown } from './rule';

const longestSeconds = 120;

export const slowDetection: Rule = {
  id: 'slow-detection',
  title: 'Notice a lost region or backend within two minutes',
  severity: 'warning',
  pillar: 'reliability',
  why: 'Clients are sent to a lost backend for the probe interval times the failures; Traffic Manager adds the time to live of its answer.',
  source: 'https://learn.microsoft.com/azure/frontdoor/health-probes',
  check: (deployment): readonly Answer[] => {
    const answers = [
      ...probesOf(deployment).map(({ resource, probe }) =>
        whenKnown(resource, [probe], ({ detectionSeconds }) =>
          whenKnown(resource, [detectionSeconds], (seconds) =>
            seconds <= longestSeconds
              ? compliant(resource)
              : finding(
                  resource,
                  `It takes ${seconds} seconds until a failure is noticed, and clients are sent there until then.`,
                  'Probe every 30 seconds or more often, and let two or three failures decide.',
                ),
          ),
        ),
      ),
      ...unprobed(deployment),
    ];
    return answers.length > 0 ? answers : [notApplicable('no layer in front of the app probes it')];
  },
};

/** With a single origin a probe decides nothing. @see https://learn.microsoft.com/azure/frontdoor/best-practices */
const unprobed = (deployment: Deployment): Answer[] =>
  layersInFront(deployment).frontDoors.flatMap(({ groups, origins }) =>
    groups.flatMap(({ address, probe }) => {
      const own = origins.filter(({ group }) => group === address);
      return probe === null && own.length > 1
        ? [
            finding(
              address,
              `None of its ${own.length} origins is probed: a lost one keeps getting its share of the clients.`,
              'Add a `health_probe` on the path that the health check uses.',
            ),
          ]
        : [];
    }),
  );
