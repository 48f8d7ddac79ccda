import type { Export } from './terraform';

/**
 * The files beside plain Terraform without which the Azure Developer CLI does not run it: values of variables, and settings of a
 * remote backend.
 *
 * @see https://learn.microsoft.com/azure/developer/azure-developer-cli/use-terraform-for-azd
 */

/** Variables of Terraform that take their value from azd's environment where it has one, by the name that they have there. */
export const fromEnvironment: Readonly<Record<string, string>> = {
  alert_email: 'ALERT_EMAIL',
  deployer_addresses: 'DEPLOYER_ADDRESSES',
};

/** By which azd finds what belongs to an environment. */
const environmentTag = { 'azd-env-name': '${AZURE_ENV_NAME}' };

/** The same files, and those of azd. */
export function withAzdFiles(exported: Export): Export {
  const { files, variables } = exported;
  const values = variables.flatMap(({ name, value }): string[] => {
    const own = fromEnvironment[name];
    if (name === 'tags') return [member(name, literal({ ...(value as object), ...environmentTag }))];
    if (own === undefined) return [];
    const usual = typeof value === 'string' ? value : JSON.stringify(value);
    const taken = `\${${own}=${usual}}`;
    return [member(name, typeof value === 'string' ? `"${taken}"` : taken)];
  });
  // The backend says everything itself, but azd refuses a remote one without this file.
  const backend = /^ {2}backend "(?!local")/m.test(files.get('terraform.tf') ?? '')
    ? ([['provider.conf.json', '{}\n']] as const)
    : [];
  return { ...exported, files: new Map([...files, ['main.tfvars.json', `{\n${values.join(',\n')}\n}\n`], ...backend]) };
}

const member = (name: string, value: string): string => `  ${JSON.stringify(name)}: ${value}`;

/** As JSON, in which azd replaces the variables of its environment and nothing else. */
const literal = (tags: Readonly<Record<string, string>>): string =>
  JSON.stringify(tags, (_key, value) =>
    typeof value === 'string' && value !== environmentTag['azd-env-name'] ? value.replaceAll('${', () => '$${') : value,
  );
