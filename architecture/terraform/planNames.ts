import { listAt, objectAt } from './planConfiguration';
import type { ShownResource } from './planResources';

/** Attributes by whose value one resource names another. */
const naming = ['id', 'default_hostname', 'default_site_hostname', 'hostname', 'resource_guid', 'fqdn'];

interface Owner {
  readonly reference: string;
  readonly type: string;
  readonly managed: boolean;
}

/**
 * Ids, host names and addresses that are known already, each as the reference that it stands for. Azure's ids ignore case.
 *
 * An association, a geo-replication or a set of rules has the id of the resource that it is about: the id is that
 * resource's. Of two others with one name, neither is meant for certain.
 */
export function knownNames(shown: readonly ShownResource[]): Map<string, string> {
  const owners = new Map<string, Owner | null>();
  const add = (name: unknown, attribute: string, { address, type, mode, values }: ShownResource) => {
    if (typeof name !== 'string' || name.length <= 8) return;
    const key = name.toLowerCase();
    if (attribute === 'id' && isAboutAnother(key, values)) return;
    const owner = { reference: `\${${address}.${attribute}}`, type, managed: mode === 'managed' };
    owners.set(key, owners.has(key) ? between(owners.get(key) ?? null, owner) : owner);
  };
  for (const one of shown) {
    const { type, values } = one;
    if (!/^(azurerm|azapi)_/.test(type)) continue;
    for (const attribute of naming) add(values[attribute], attribute, one);
    // The name decides the default host name before the app exists.
    if (/^azurerm_(\w+_web_app|app_service)$/.test(type) && typeof values.name === 'string')
      add(
        `${values.name}.azurewebsites.net`,
        type === 'azurerm_app_service' ? 'default_site_hostname' : 'default_hostname',
        one,
      );
    if (type === 'azurerm_private_endpoint')
      for (const connection of listAt(values, 'private_service_connection'))
        add(objectAt(connection).private_ip_address, 'private_service_connection', one);
  }
  return new Map([...owners].flatMap(([name, owner]) => (owner ? [[name, owner.reference]] : [])));
}

/** Whether another argument has the value of the id. */
const isAboutAnother = (id: string, values: Readonly<Record<string, unknown>>) =>
  Object.entries(values).some(
    ([name, value]) => name !== 'id' && typeof value === 'string' && value.toLowerCase() === id,
  );

/** What Terraform manages before what it looked up; of two lookups of one thing either is it. */
function between(one: Owner | null, other: Owner): Owner | null {
  if (one === null) return null;
  if (one.reference === other.reference) return one;
  if (one.managed !== other.managed) return one.managed ? one : other;
  return !one.managed && one.type === other.type ? one : null;
}
