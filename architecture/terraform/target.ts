import type { TerraformDocument, TerraformResource } from './document';

const key = '(?:\\[(?:"(?:[^"\\\\]|\\\\.)*"|[^\\]"]*)\\])?';
const address = `(?:module\\.[\\w-]+${key}\\.)*(?:data\\.)?[a-z][a-z0-9]*_[a-z0-9_]+\\.[\\w-]+${key}`;
const anAddress = new RegExp(`^${address}$`);
const addressAndRest = new RegExp(`^(${address})(.*)$`, 's');

export const isAddress = (text: string): boolean => anAddress.test(text);

/** A resource by its address; a configuration has one made by `count` or `for_each` without its key. */
const addressedBy = (wanted: string, { byAddress }: TerraformDocument) =>
  byAddress.get(wanted) ?? byAddress.get(wanted.replace(/\[[^\]]*\]$/, ''));

/** The address that a reference begins with; undefined: it begins with none. */
export const addressIn = (reference: string): string | undefined => addressAndRest.exec(reference)?.[1];

/** The resource that a reference leads to, and the rest of the path inside it. */
export function target(
  reference: string,
  document: TerraformDocument,
): { readonly resource: TerraformResource; readonly attribute: string } | undefined {
  const [, found, rest = ''] = addressAndRest.exec(reference) ?? [];
  const resource = found === undefined ? undefined : addressedBy(found, document);
  return resource && { resource, attribute: rest.replace(/^\./, '') };
}
