import type { SignIn } from '../deployment';
import { isUnknown, type Known, mapKnown } from '../known';
import { booleanOf, innerBlocks, stringsOf, textOf } from '../terraform/arguments';
import type { TerraformDocument, TerraformResource } from '../terraform/document';
import { signInDefaults as byDefault } from './defaults';

/** App Service's own authentication of a web app: the current block, or the older one; null: it is off. */
export function readSignIn(app: TerraformResource, document: TerraformDocument): Known<SignIn | null> {
  const current = innerBlocks(app, 'auth_settings_v2');
  if (isUnknown(current)) return current;
  const [block] = current;
  if (block)
    return mapKnown(booleanOf(block, 'auth_enabled', document, false), (on) =>
      on ? currentSignIn(block, document) : null,
    );
  const older = innerBlocks(app, 'auth_settings');
  if (isUnknown(older)) return older;
  const [old] = older;
  if (!old) return null;
  return mapKnown(booleanOf(old, 'enabled', document, false), (on) =>
    on
      ? {
          required: isDemanded(textOf(old, 'unauthenticated_client_action', document, byDefault.action)),
          excludedPaths: [],
          hostHeader: null,
        }
      : null,
  );
}

function currentSignIn(block: TerraformResource, document: TerraformDocument): SignIn {
  const required = booleanOf(block, 'require_authentication', document, byDefault.required);
  const action = textOf(block, 'unauthenticated_action', document, byDefault.action);
  const convention = textOf(block, 'forward_proxy_convention', document, byDefault.convention);
  return {
    required: required === true ? isDemanded(action) : required,
    excludedPaths: stringsOf(block, 'excluded_paths', document),
    hostHeader: isUnknown(convention)
      ? convention
      : convention === 'Standard'
        ? 'x-forwarded-host'
        : convention === 'Custom'
          ? mapKnown(
              textOf(block, 'forward_proxy_custom_host_header_name', document, null),
              (name) => name?.toLowerCase() ?? null,
            )
          : null,
  };
}

const isDemanded = (action: Known<string>) => mapKnown(action, (does) => !/^AllowAnonymous$/i.test(does));
