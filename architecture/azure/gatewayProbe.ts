import type { GatewayProbe } from '../entryLayers';
import { mapKnown, product } from '../known';
import { booleanOf, numberOf, requiredText, stringsOf, textOf } from '../terraform/arguments';
import type { TerraformResource } from '../terraform/document';
import { gatewayProbeDefaults as byDefault } from './defaults';
import type { Targets } from './destinations';
import { hostOf } from './hostNames';

/** A custom probe of an Application Gateway. */
export function readGatewayProbe(probe: TerraformResource, targets: Targets): GatewayProbe {
  const { document } = targets;
  const intervalSeconds = numberOf(probe, 'interval', document, byDefault.intervalSeconds);
  const unhealthyThreshold = numberOf(probe, 'unhealthy_threshold', document, byDefault.unhealthyThreshold);
  return {
    address: probe.address,
    name: String(probe.body.name ?? ''),
    // It has no default: a probe without it does not show whether HTTP or HTTPS is used.
    protocol: requiredText(probe, 'protocol', document),
    path: textOf(probe, 'path', document, byDefault.path),
    host: hostOf(probe, 'host', targets),
    hostFromSettings: booleanOf(
      probe,
      'pick_host_name_from_backend_http_settings',
      document,
      byDefault.hostFromSettings,
    ),
    statusCodes: mapKnown(stringsOf(probe, 'match.status_code', document), (codes) =>
      codes.length > 0 ? codes : byDefault.statusCodes,
    ),
    intervalSeconds,
    timeoutSeconds: numberOf(probe, 'timeout', document, byDefault.timeoutSeconds),
    unhealthyThreshold,
    detectionSeconds: product(intervalSeconds, unhealthyThreshold),
  };
}
