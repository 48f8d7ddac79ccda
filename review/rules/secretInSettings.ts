import { compliant, eachOr, finding, listed, type Rule, whenKnown } from './rule';

export const secretInSettings: Rule = {
  id: 'secret-in-settings',
  title: 'Keep credentials out of app settings',
  severity: 'error',
  why: 'A setting stands in the Terraform state and in the portal for everybody who may read either.',
  source: 'https://learn.microsoft.com/azure/app-service/app-service-key-vault-references',
  check: ({ facts }) =>
    eachOr(facts.apps, 'there is no app', ({ address, secretSettings }) =>
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
