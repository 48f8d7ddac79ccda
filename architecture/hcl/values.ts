import { referencesIn, sensitiveFrom } from '../terraform/expression';
import { isObject } from '../terraform/json';

/** A value that needs a plan, as a template in which everything else is replaced. */
export class Open {
  constructor(readonly template: string) {}
}

/** What an expression is, as far as files give it. */
export type Value = null | string | number | boolean | Open | readonly Value[] | { readonly [name: string]: Value };

export type ValueMap = { readonly [name: string]: Value };

export const isMap = (value: unknown): value is ValueMap => isObject(value) && !(value instanceof Open);

export const isList = (value: unknown): value is readonly Value[] => Array.isArray(value);

/** Whether a value is known, with everything inside it. */
export const isSettled = (value: Value): boolean => {
  if (value instanceof Open) return false;
  if (isList(value)) return value.every(isSettled);
  return isMap(value) ? Object.values(value).every(isSettled) : true;
};

/** A value inside an expression, as text. */
export function expressionText(value: Value): string {
  if (value instanceof Open) {
    const bare = /^\$\{([^{}]*)\}$/.exec(value.template)?.[1];
    return bare ?? JSON.stringify(value.template).replaceAll('\\"', '"');
  }
  if (isList(value)) return `[${value.map(expressionText).join(', ')}]`;
  if (isMap(value))
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)} = ${expressionText(item)}`)
      .join(', ')}}`;
  return JSON.stringify(value);
}

/** An expression that stays open. */
export const openExpression = (text: string): Open => new Open(`\${${text}}`);

const noMember = '(no such member)';
/** Stands for a member that is not there, which Terraform refuses outside `try`. */
export const missing = openExpression(noMember);
export const isFailure = (value: Value): boolean => value instanceof Open && value.template.includes(noMember);

/** A member of a value; a member of what needs a plan needs one, too. @returns undefined: there is no such member */
export function memberOf(value: Value, key: Value, dot = false): Value | undefined {
  if (value instanceof Open || key instanceof Open) {
    const step = dot ? `.${String(key)}` : `[${expressionText(key)}]`;
    return openExpression(`${expressionText(value)}${step}`);
  }
  if (isList(value)) return value[Number(key)];
  return isMap(value) && Object.hasOwn(value, String(key)) ? value[String(key)] : undefined;
}

/** More would only serve to fill the memory of the machine that reviews it. */
const mostValues = 200_000;

/** A value as the resources of a document have it: what is open is a template. What is made from a sensitive value is sensitive. */
export function plain(value: Value, budget = { left: mostValues }): unknown {
  if (budget.left-- <= 0) return '${(too large)}';
  if (value instanceof Open)
    return /\bsensitive\(/.test(value.template)
      ? sensitiveFrom(referencesIn(value.template).map(({ text }) => text))
      : value.template;
  if (isList(value)) return value.map((item) => plain(item, budget));
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, budget)]));
  return value;
}
