import { argumentOf } from './arguments';
import { isOneValue } from './expression';
import { unresolved } from './facts/reading';
import { leadOf, type Ways } from './leads';
import { isUnknown, type Known } from './model';
import type { TerraformResource } from './terraform';

/**
 * Whether the host that an argument sends on is the one that the client typed: left out, it is; written out, where it is
 * the host of every block that takes clients in.
 *
 * @param inward listeners or domains, whose `host_name` a client types
 */
export function sameHost(
  layer: TerraformResource,
  argument: string,
  inward: readonly TerraformResource[],
  ways: Ways,
): Known<boolean> {
  const sent = argumentOf(layer, argument, ways.document);
  if (sent === undefined || sent === '') return true;
  const written = layer.body[argument];
  const isSent = (host: unknown, one: TerraformResource) =>
    (host === written && typeof host === 'string' && isOneValue(host)) ||
    argumentOf({ address: one.address, type: one.type, body: { host } }, 'host', ways.document) === sent;
  const taken = inward.flatMap((one) =>
    [one.body.host_name, one.body.host_names]
      .flat()
      .filter((host) => host !== undefined && host !== null && host !== '')
      .map((host) => isSent(host, one)),
  );
  if (taken.length > 0 && taken.every(Boolean)) return true;
  if (taken.some(Boolean))
    return {
      unknown: `${layer.address}.${argument} is what clients type at some listeners or domains only`,
    };
  const toApp = leadOf(layer, argument, ways).apps.length > 0;
  return isUnknown(sent) && !toApp ? unresolved(layer, argument, 'web app', ways.document) : false;
}
