import type { Precondition } from 'cdktf';
import type { Construct } from 'constructs';
import type { Settings } from '../settings';
import { stackLocal } from '../stackLocal';

/**
 * Stops a plan of production with a certificate that no browser trusts, unless the settings say that it is meant. In the
 * Terraform itself, so that synth, review and drill run with `settings.ts` as it comes.
 */
export function preconditionOnSelfSigned(
  scope: Construct,
  settings: Pick<Settings, 'certificate' | 'size'>,
): Precondition[] {
  const certificate = stackLocal(scope, 'certificate', settings.certificate);
  const size = stackLocal(scope, 'size', settings.size);
  return [
    {
      condition: `\${${certificate} != "self-signed" || ${size} != "production"}`,
      errorMessage:
        "certificate is self-signed in production, so every browser warns: put size: 'trial' into settings.ts, or certificate: 'self-signed-in-production' if it is meant, and synthesize again.",
    },
  ];
}
