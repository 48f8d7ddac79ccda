import type { Access } from '../deployment';
import { type Known, mapKnown } from '../known';
import { booleanOf, hasArgument } from '../terraform/arguments';
import type { TerraformDocument, TerraformResource } from '../terraform/document';
import { openByDefault, restrictionsOf } from './accessRestrictions';

const stating = ['scm_ip_restriction', 'scm_ip_restriction_default_action', 'scm_use_main_ip_restriction'];

/**
 * The site that takes deployments to an app or a slot; null: the author says nothing about it.
 *
 * @param access whether the site has a public address
 */
export function deploymentSiteOf(
  app: TerraformResource,
  document: TerraformDocument,
  access: Known<boolean>,
): Access | null {
  const from = app.stated ?? app.body;
  if (!stating.some((argument) => hasArgument(from, `site_config.${argument}`))) return null;
  const own = {
    publicAccess: access,
    openByDefault: openByDefault(app, document, 'scm_ip_restriction'),
    restrictions: restrictionsOf(app, document, 'scm_ip_restriction'),
  };
  const followsMain = booleanOf(app, 'site_config.scm_use_main_ip_restriction', document, false);
  if (followsMain === false) return own;
  return {
    publicAccess: own.publicAccess,
    openByDefault: mapKnown(followsMain, () => false),
    restrictions: mapKnown(followsMain, () => []),
  };
}
