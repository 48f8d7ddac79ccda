import type { Deployment, WebApp } from '../../architecture/deployment';
import { parallelRegions } from '../regions';
import { isKeptIn } from '../sessions';
import { type Answer, compliant, eachOr, eachService, finding, notApplicable, type Rule, whenKnown } from './rule';

export const cookieSharedSecret: Rule = {
  id: 'cookie-shared-secret',
  title: 'Seal cookies with one secret from Key Vault, the same in every region',
  severity: 'error',
  pillar: 'reliability',
  why: 'An instance cannot read a cookie that another one sealed with a different secret: clients are logged out at random.',
  source: 'https://learn.microsoft.com/aspnet/core/security/data-protection/configuration/default-settings',
  check: (whole) =>
    eachService(whole, (deployment) =>
      eachOr(
        deployment.regions,
        'there is no app',
        ({ app }): Answer =>
          whenKnown(app.address, [app.sessions], (store) =>
            isKeptIn(store, 'client')
              ? judge(app, deployment)
              : notApplicable(`${app.address} keeps no session in a cookie`),
          ),
      ),
    ),
};

function judge({ address, cookieSecret: own }: WebApp, deployment: Deployment): Answer {
  if (own === null)
    return finding(
      address,
      'Sessions live in a sealed cookie and no secret is set: each instance creates its own.',
      'Set SESSION_SECRET to a Key Vault reference, the same secret for every instance, slot and region.',
    );
  if (own === 'literal')
    return finding(
      address,
      'The secret that seals cookies is written in the Terraform, and so in its state.',
      'Set SESSION_SECRET to a Key Vault reference.',
    );
  // An app without a secret has its own finding.
  const others = deployment.regions
    .filter(({ app }) => isKeptIn(app.sessions, 'client') && app.address !== address)
    .map(({ app }) => app.cookieSecret)
    .filter((secret) => secret !== null);
  return whenKnown(address, [own, ...others], () =>
    others.every((secret) => secret === own)
      ? compliant(address)
      : // Two apps that serve different requests may well have different secrets.
        whenKnown(address, [parallelRegions(deployment)], () =>
          finding(
            address,
            'Regions seal cookies with different secrets: a client who reaches the other one is logged out.',
            'Refer to a secret of the same name with the same value in every region.',
          ),
        ),
  );
}
