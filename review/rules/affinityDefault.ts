import { layersInFront } from '../../architecture/layersInFront';
import { type Answer, compliant, finding, notApplicable, type Rule } from './rule';

export const affinityDefault: Rule = {
  id: 'affinity-left-to-default',
  title: 'State affinity at every layer, on or off',
  severity: 'warning',
  pillar: 'operational-excellence',
  why: 'The defaults disagree: azurerm turns it off for the app and on for an origin group, while ARM turns it on for the app.',
  source: 'https://learn.microsoft.com/azure/well-architected/service-guides/app-service-web-apps',
  check: (deployment) => {
    const answer = (resource: string, stated: boolean | null, argument: string, byDefault: string): Answer =>
      stated === null
        ? {
            kind: 'cannot tell',
            resource,
            reason: `${resource}.${argument}: neither a state nor a plan without a configuration shows what the author wrote`,
          }
        : stated
          ? compliant(resource)
          : finding(
              resource,
              `\`${argument}\` is left out: ${byDefault}. A reader cannot see whether that is intended.`,
              `Write \`${argument}\`, false where sessions live outside the process.`,
            );
    const apps = deployment.regions.map(({ app }) => app);
    const groups = layersInFront(deployment).frontDoors.flatMap((one) => one.groups);
    return [
      ...apps.map(({ address, affinityStated }) =>
        answer(
          address,
          affinityStated,
          'client_affinity_enabled',
          'azurerm then sends false, where the portal and ARM take true',
        ),
      ),
      ...groups.map(({ address, affinityStated }) =>
        answer(address, affinityStated, 'session_affinity_enabled', 'azurerm then turns Front Door affinity on'),
      ),
      ...(apps.length + groups.length === 0 ? [notApplicable('no layer has a switch for affinity')] : []),
    ];
  },
};
