import { compliant, eachOr, finding, listed, type Rule, whenKnown } from './rule';

export const secretInSettings: Rule = {
  id: 'secret-in-settings',
  title: 'Keep credentials out of app settings',
  severity: 'error',
  pillar: 'security',
  why: 'Everybody who may read the Terraform state or the portal can read a setting.',
  source: 'https://learn.microsoft.com/azure/app-service/app-service-key-vault-references',
  check: ({ regions }) =>
    eachOr(
      regions.flatMap(({ app }) => [app, ...app.slots]),
      'there is no app',
      ({ address, secretSettings }) =>
        whenKnown(address, [secretSettings], (names) =>
          names.length === 0
            ? compliant(address)
            : finding(
                address,
                `${listed(names)} ${names.length === 1 ? 'holds' : 'hold'} a credential.`,
                'Use an identity where the service takes one, otherwise a Key Vault reference: `@Microsoft.KeyVault(SecretUri=…)`.',
              ),
        ),
    ),
};
