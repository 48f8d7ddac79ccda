import { TerraformLocal } from 'cdktf';
import type { Construct } from 'constructs';

/** Declares the host name as a local value, once for a stack: a precondition has to refer to something declared. */
export function declareHost(scope: Construct, host: string): void {
  new TerraformLocal(scope, 'host', host);
}

/**
 * Stops a plan while the host is the placeholder of `settings.ts`, which nobody can own (RFC 2606). The condition is in the
 * Terraform itself, so that plain `terraform plan` refuses too, while synth, review and drill run with nothing edited.
 */
export const preconditionOnHost = [
  {
    condition: '${!can(regex("(^|[.])example[.](com|net|org)$", local.host))}',
    errorMessage:
      "The host name is still a placeholder: put one that you own into `domain` in settings.ts, or domain: 'none' for a trial, and synthesize again.",
  },
];
