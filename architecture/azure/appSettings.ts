import { evaluate } from '../hcl/evaluate';
import { parsedTemplate } from '../hcl/syntax';
import { plain } from '../hcl/values';
import { nothingKnown } from '../hcl/variables';
import { isUnknown, type Known } from '../known';
import { argumentOf, numberOf, unknown } from '../terraform/arguments';
import { partOf, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { whyOpen } from '../terraform/expression';
import { blocks, isObject, type JsonObject } from '../terraform/json';
import { restOfMap } from '../terraform/planValues';

/**
 * The settings of an app by name; each may still be an expression. One more, `restOfMap`, stands for those that a plan does
 * not show.
 */
export function settingsOf(app: TerraformResource): Known<JsonObject> {
  const settings = app.body.app_settings;
  if (typeof settings === 'string') return mergedSettings(settings) ?? unknown(app, 'app_settings', whyOpen(settings));
  const [only = {}] = blocks(settings, `${app.address}.app_settings`);
  return only;
}

/**
 * Settings that are merged from several maps, of which some are not known: those that come after the last unknown one are
 * certain. undefined: there is none.
 */
function mergedSettings(text: string): JsonObject | undefined {
  const tree = parsedTemplate(text);
  if (tree?.kind !== 'call' || tree.name !== 'merge' || tree.spread) return undefined;
  let certain: Record<string, unknown> = {};
  for (const arg of tree.args) {
    const value = evaluate(arg, nothingKnown);
    const known = plain(value);
    if (isObject(known)) Object.assign(certain, known);
    else if (value !== null) certain = {};
  }
  return Object.keys(certain).length > 0 ? { ...certain, [restOfMap]: text } : undefined;
}

/** The value of an app setting; undefined: it is missing. */
export function appSetting(app: TerraformResource, name: string, document: TerraformDocument): Known<unknown> {
  const settings = settingsOf(app);
  if (isUnknown(settings)) return settings;
  const raw = Object.hasOwn(settings, name) ? settings[name] : undefined;
  if (raw === undefined && Object.hasOwn(settings, restOfMap))
    return unknown(app, `app_settings.${name}`, `may be set: ${restIsOpen}`);
  return argumentOf(partOf(app, '', { [name]: raw }), name, document);
}

/** Why settings that are not there may be set all the same. */
export const restIsOpen = 'a part of the settings is not known';

/** An app setting that holds a number; null: it is missing. */
export function numberSetting(app: TerraformResource, name: string, document: TerraformDocument): Known<number | null> {
  const value = appSetting(app, name, document);
  return isUnknown(value) ? value : numberOf(partOf(app, '', { [name]: value }), name, document, null);
}
