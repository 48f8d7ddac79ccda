import { TerraformLocal } from 'cdktf';
import type { VariantStack } from '../variantStack';

/** The host name as a local value: a precondition has to refer to something declared. */
export function declareHost(stack: VariantStack, host: string): void {
  new TerraformLocal(stack, 'host', host);
}

/**
 * Stops a plan while the host is the placeholder that `settings.ts` comes with, which nobody can own (RFC 2606). It is a
 * condition in the Terraform itself, so that plain `terraform plan` refuses, too, while synth, review and drill run with
 * nothing edited.
 */
export const preconditionOnHost = [
  {
    condition: '${!can(regex("(^|[.])example[.](com|net|org)$", local.host))}',
    errorMessage:
      "The host name is still a placeholder: put one that you own into `domain` in settings.ts, or domain: 'none' for a trial, and synthesize again.",
  },
];
