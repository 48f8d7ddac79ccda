import type { Facts } from '../../architecture/deployment';
import { probesOf } from '../probes';
import { type Answer, compliant, finding, notApplicable, type Rule, whenKnown } from './rule';

const longestSeconds = 120;

export const slowDetection: Rule = {
  id: 'slow-detection',
  title: 'Notice a lost region or backend within two minutes',
  severity: 'warning',
  why: 'Interval times failures is how long clients are sent to what is gone; Traffic Manager adds the time to live of its answer.',
  source: 'https://learn.microsoft.com/azure/frontdoor/health-probes',
  check: ({ facts }): readonly Answer[] => {
    const answers = [
      ...probesOf(facts).map(({ resource, probe }) =>
        whenKnown(resource, [probe], ({ detectionSeconds }) =>
          whenKnown(resource, [detectionSeconds], (seconds) =>
            seconds <= longestSeconds
              ? compliant(resource)
              : finding(
                  resource,
                  `It takes ${seconds} seconds until a failure is noticed, and clients are sent there all that time.`,
                  'Probe every 30 seconds or more often, and let two or three failures decide.',
                ),
          ),
        ),
      ),
      ...unprobed(facts),
    ];
    return answers.length > 0 ? answers : [notApplicable('no layer in front of the app probes it')];
  },
};

/** With a single origin a probe decides nothing. @see https://learn.microsoft.com/azure/frontdoor/best-practices */
const unprobed = ({ frontDoor }: Facts): Answer[] =>
  (frontDoor?.groups ?? []).flatMap(({ address, probe }) => {
    const origins = new Set(frontDoor?.origins.filter(({ group }) => group === address).map((one) => one.address));
    return probe === null && origins.size > 1
      ? [
          finding(
            address,
            `None of its ${origins.size} origins is probed: one that is lost goes on getting its share of the clients.`,
            'Add a `health_probe` on the path that the health check uses.',
          ),
        ]
      : [];
  });
