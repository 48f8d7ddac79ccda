import { z } from 'zod';

/** The members that an object of the settings may have, by its path; empty: it may have any, or there is no such object. */
export function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const [key, ...rest] = path;
  if (schema instanceof z.ZodOptional) return keysAt(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((one) => keysAt(one, path));
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest);
  if (schema instanceof z.ZodRecord)
    return key === undefined
      ? schema.keyType instanceof z.ZodEnum
        ? schema.keyType.options.map(String)
        : []
      : keysAt(schema.valueType, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  if (key === undefined) return Object.keys(schema.shape);
  const member = (schema.shape as Readonly<Record<PropertyKey, z.core.$ZodType>>)[key];
  return member ? keysAt(member, rest) : [];
}
