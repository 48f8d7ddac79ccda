import { admission } from '../reach/admission';
import { compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

export const openDeploymentSite: Rule = {
  id: 'open-deployment-site',
  title: 'Restrict the site that takes deployments as the app itself',
  severity: 'warning',
  pillar: 'security',
  why: 'The scm site runs commands and takes files; the restrictions of the app are not its own unless stated.',
  source: 'https://learn.microsoft.com/azure/app-service/overview-access-restrictions',
  check: ({ regions }) =>
    eachOr(
      regions.flatMap(({ app }) => [app, ...app.slots]),
      'there is no app',
      ({ address, deploymentSite }) => {
        if (deploymentSite === null)
          return notApplicable(`${address} leaves its scm site to the defaults: open to whoever can sign in`);
        // An address that no restriction of a sensible list names.
        const anybody = admission(
          deploymentSite,
          (one) => one.serviceTag === 'Internet' || /\/0(,|$)/.test(String(one.addresses ?? '')),
        );
        return whenKnown(address, [deploymentSite.publicAccess, anybody], (open, { allowed }) =>
          open && allowed
            ? finding(
                address,
                'The scm site takes connections from anywhere.',
                'Set `scm_use_main_ip_restriction = true`, or `scm_ip_restriction_default_action = "Deny"` with the addresses that deploy.',
              )
            : compliant(address),
        );
      },
    ),
};
