import { TerraformLocal, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Settings } from '../settings';

/** What the precondition judges, as local values: it has to refer to something declared. */
export function declareSelfSigned(scope: Construct, { certificate, size }: Settings): void {
  const stack = TerraformStack.of(scope);
  new TerraformLocal(stack, 'certificate', certificate);
  new TerraformLocal(stack, 'size', size);
}

/**
 * Stops a plan of production with a certificate that no browser trusts, unless the settings say that it is meant. In the
 * Terraform itself, so that synth, review and drill run with `settings.ts` as it comes.
 */
export const preconditionOnSelfSigned = [
  {
    condition: '${local.certificate != "self-signed" || local.size != "production"}',
    errorMessage:
      "certificate is self-signed in production, so every browser warns: put size: 'trial' into settings.ts, or certificate: 'self-signed-in-production' if it is meant, and synthesize again.",
  },
];
