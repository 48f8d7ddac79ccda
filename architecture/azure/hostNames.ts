import { isUnknown, type Known } from '../known';
import { argumentOf, textOf } from '../terraform/arguments';
import { partOf, type TerraformResource } from '../terraform/document';
import { isOneValue } from '../terraform/expression';
import { unresolved } from '../terraform/references';
import { destinationOf, type Targets } from './destinations';

/**
 * Whether the host that an argument sends on is the host that the client typed. Left out, it is; written out, it is where
 * every listener or domain has that host.
 *
 * @param inward listeners or domains, whose `host_name` a client types
 */
export function isTypedHost(
  layer: TerraformResource,
  argument: string,
  inward: readonly TerraformResource[],
  targets: Targets,
): Known<boolean> {
  const { document } = targets;
  const sent = argumentOf(layer, argument, document);
  if (sent === undefined || sent === '') return true;
  const written = layer.body[argument];
  const isSent = (host: unknown, one: TerraformResource) =>
    (host === written && typeof host === 'string' && isOneValue(host)) ||
    argumentOf(partOf(one, '', { host }), 'host', document) === sent;
  const taken = inward.flatMap((one) =>
    [one.body.host_name, one.body.host_names]
      .flat()
      .filter((host) => host !== undefined && host !== null && host !== '')
      .map((host) => isSent(host, one)),
  );
  if (taken.length > 0 && taken.every(Boolean)) return true;
  if (taken.some(Boolean))
    return { unknown: `${layer.address}.${argument} is what clients type at some listeners or domains only` };
  const toApp = destinationOf(layer, argument, targets).apps.length > 0;
  return isUnknown(sent) && !toApp ? unresolved(layer, argument, 'web app', document) : false;
}

/**
 * The host that an argument names; null: it is left out. The default host name of an app follows from its name; of an app
 * whose name is known only after apply, its address stands for the name.
 */
export function hostOf(resource: TerraformResource, argument: string, targets: Targets): Known<string | null> {
  const { document } = targets;
  const host = textOf(resource, argument, document, null);
  if (!isUnknown(host) || !/\.default_(site_)?hostname\W*$/.test(String(resource.body[argument]))) return host;
  const { apps, open } = destinationOf(resource, argument, targets);
  const app = targets.apps.find(({ address }) => address === apps[0]);
  if (!app || open) return host;
  const name = textOf(app, 'name', document, app.address);
  return `${isUnknown(name) ? app.address : name}.azurewebsites.net`;
}
