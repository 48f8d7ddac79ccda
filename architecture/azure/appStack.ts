import type { AppStack } from '../deployment';
import { isUnknown, type Known, mapKnown } from '../known';
import { argumentOf, innerBlocks, textOf } from '../terraform/arguments';
import type { TerraformDocument, TerraformResource } from '../terraform/document';
import { appSetting, settingsOf } from './appSettings';

/** What the app's settings say about its framework, and about the files that its instances share. */
export function readStack(app: TerraformResource, document: TerraformDocument): AppStack {
  const container = isContainer(app, document);
  return {
    container,
    aspNet: isAspNet(app, document),
    sharedFiles: sharesFiles(app, container, document),
    keysElsewhere: namesKeys(app),
  };
}

function isContainer(app: TerraformResource, document: TerraformDocument): Known<boolean> {
  const images = ['docker_image_name', 'docker_image', 'docker_container_name'].map((argument) =>
    textOf(app, `site_config.application_stack.${argument}`, document, null),
  );
  const older = textOf(app, 'site_config.linux_fx_version', document, '');
  if (images.some((image) => typeof image === 'string' && image !== '')) return true;
  if (typeof older === 'string' && /^(docker|compose|kube)\|/i.test(older)) return true;
  return images.find(isUnknown) ?? false;
}

/** Settings that only ASP.NET Core reads. @see https://learn.microsoft.com/aspnet/core/fundamentals/environments */
const aspNetSetting = /^(ASPNETCORE|DOTNET)_/;

function isAspNet(app: TerraformResource, document: TerraformDocument): Known<boolean> | null {
  const version = argumentOf(app, 'site_config.application_stack.dotnet_version', document);
  const current = argumentOf(app, 'site_config.application_stack.current_stack', document);
  if (typeof version === 'string' && version !== '') return true;
  if (current === 'dotnet' || current === 'dotnetcore') return true;
  const settings = settingsOf(app);
  if (isUnknown(settings)) return settings;
  return Object.keys(settings).some((name) => aspNetSetting.test(name)) ? true : null;
}

/**
 * A container of the author's own sees the shared file system of App Service only where a setting mounts it. On Linux it
 * is off unless stated. @see https://learn.microsoft.com/azure/app-service/configure-custom-container
 */
function sharesFiles(app: TerraformResource, container: Known<boolean>, document: TerraformDocument): Known<boolean> {
  const mounts = innerBlocks(app, 'storage_account');
  if (isUnknown(mounts) || mounts.length > 0) return isUnknown(mounts) ? mounts : true;
  if (container !== true) return mapKnown(container, () => true);
  const setting = appSetting(app, 'WEBSITES_ENABLE_APP_SERVICE_STORAGE', document);
  return mapKnown(setting, (value) => /^(true|1)$/i.test(String(value ?? 'false')));
}

/** A setting for where data protection keeps its keys: apps choose its name, and most have the term in it. */
function namesKeys(app: TerraformResource): boolean {
  const settings = settingsOf(app);
  return !isUnknown(settings) && Object.keys(settings).some((name) => /data_?protection/i.test(name));
}
