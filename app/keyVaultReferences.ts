/**
 * App Service puts the secret in the place of a Key Vault reference. Where it could not, the app gets the reference itself,
 * until the app is restarted after the cause is gone.
 *
 * @see https://learn.microsoft.com/azure/app-service/app-service-key-vault-references
 */
export const isUnresolvedReference = (value: string): boolean => /^\s*@Microsoft\.KeyVault\(/i.test(value);

/** The names of the app settings whose references App Service could not resolve, in the order of the alphabet. */
export function unresolvedReferences(given: Readonly<Record<string, string | undefined>>): readonly string[] {
  return (
    Object.keys(given)
      .filter((name) => isUnresolvedReference(given[name] ?? ''))
      // App Service gives each app setting a second time, under a name with this in front.
      .filter((name) => !name.startsWith('APPSETTING_') || given[name.slice('APPSETTING_'.length)] === undefined)
      .sort()
  );
}

/** For `/healthz`, which anybody can read: the name of the setting and nothing of the reference. */
export const unresolvedSentence = (name: string): string =>
  `${name} is a Key Vault reference that App Service did not resolve.`;
