import type { Precondition } from 'cdktf';
import type { Construct } from 'constructs';
import { stackLocal } from './stackLocal';

/**
 * Stops a plan while the host is the placeholder of `settings.ts`, which nobody can own (RFC 2606). The condition is in the
 * Terraform itself, so that plain `terraform plan` refuses too, while synth, review and drill run with nothing edited.
 */
export const preconditionOnHost = (scope: Construct, host: string): Precondition[] => [
  {
    condition: `\${!can(regex("(^|[.])example[.](com|net|org)$", ${stackLocal(scope, 'host', host)}))}`,
    errorMessage:
      "The host name is still a placeholder: put one that you own into `domain` in settings.ts, or domain: 'none' for a trial, and synthesize again.",
  },
];
