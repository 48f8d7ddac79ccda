import { isUnknown } from '../../architecture/model';
import { compliant, eachOr, finding, type Rule, whenKnown } from './rule';

const longestSeconds = 120;

export const slowDetection: Rule = {
  id: 'slow-detection',
  title: 'Notice a lost region or backend within two minutes',
  severity: 'warning',
  why: 'Interval times failures is how long clients are sent to what is gone; Traffic Manager adds the time to live of its answer.',
  source: 'https://learn.microsoft.com/azure/frontdoor/health-probes',
  check: ({ facts }) =>
    eachOr(
      [
        ...facts.gateways.flatMap(({ probes }) => (isUnknown(probes) ? [] : probes)),
        ...(facts.frontDoor?.groups ?? []).flatMap(({ probe }) => probe ?? []),
        ...facts.trafficManagers.map(({ probe }) => probe),
      ],
      'no layer in front of the app probes it',
      ({ address, detectionSeconds }) =>
        whenKnown(address, [detectionSeconds], (seconds) =>
          seconds <= longestSeconds
            ? compliant(address)
            : finding(
                address,
                `It takes ${seconds} seconds until a failure is noticed, and clients are sent there all that time.`,
                'Probe every 30 seconds or more often, and let two or three failures decide.',
              ),
        ),
    ),
};
