import { parse as parseYaml } from 'yaml';
import { expressionText, isFailure, isList, isMap, isSettled, Open, type Value } from './values';

/** @returns undefined: the arguments are not what the function takes, or the result is too large to be of use */
type Function = (args: readonly Value[]) => Value | undefined;

const mostItems = 10_000;

const texts = (list: readonly Value[]) => list.map((item) => (item === null ? '' : String(item)));
const unique = (list: readonly Value[]): Value[] => [
  ...new Map(list.map((item) => [expressionText(item), item])).values(),
];
const inOrder = (list: readonly Value[]) => [...list].sort((a, b) => (String(a) < String(b) ? -1 : 1));
const isText = (value: Value | undefined): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

const ofText =
  (map: (text: string, ...more: string[]) => Value | undefined): Function =>
  (args) =>
    args.every(isText) ? map(...(texts(args) as [string, ...string[]])) : undefined;
const ofNumbers =
  (map: (...numbers: number[]) => number): Function =>
  (args) =>
    args.every((one) => typeof one === 'number') ? map(...(args as number[])) : undefined;
const ofList =
  (map: (list: readonly Value[], ...more: Value[]) => Value | undefined): Function =>
  ([list, ...more]) =>
    isList(list) ? map(list, ...more) : undefined;
const ofLists =
  (map: (lists: readonly (readonly Value[])[]) => Value | undefined): Function =>
  (args) =>
    args.every(isList) ? map(args as readonly (readonly Value[])[]) : undefined;

const flat = (list: readonly Value[]): Value[] => list.flatMap((item) => (isList(item) ? flat(item) : [item]));

/** They pass on what they are given, so it may need a plan inside. */
const structural: Readonly<Record<string, Function>> = {
  merge: (args) =>
    args.every((one) => one === null || isMap(one))
      ? Object.assign({}, ...args.filter((one) => one !== null))
      : undefined,
  concat: ofLists((lists) => lists.flat()),
  flatten: ofList(flat),
  tolist: ofList((list) => list),
  toset: ofList((list) => inOrder(unique(list))),
  tomap: ([map]) => (isMap(map) ? map : undefined),
  keys: ([map]) => (isMap(map) ? Object.keys(map).sort() : undefined),
  values: ([map]) =>
    isMap(map)
      ? Object.keys(map)
          .sort()
          .map((key) => map[key] as Value)
      : undefined,
  length: ([value]) =>
    isList(value)
      ? value.length
      : isMap(value)
        ? Object.keys(value).length
        : typeof value === 'string'
          ? value.length
          : undefined,
  lookup: ([map, key, otherwise]) =>
    isMap(map) && isText(key) ? (Object.hasOwn(map, String(key)) ? map[String(key)] : otherwise) : undefined,
  element: ofList((list, index) => (typeof index === 'number' ? list[index % list.length] : undefined)),
  one: ofList((list) => (list.length > 1 ? undefined : (list[0] ?? null))),
  slice: ofList((list, from, to) =>
    typeof from === 'number' && typeof to === 'number' ? list.slice(from, to) : undefined,
  ),
  reverse: ofList((list) => [...list].reverse()),
  zipmap: ([names, list]) =>
    isList(names) && isList(list) && names.every(isText)
      ? Object.fromEntries(names.map((name, index) => [String(name), list[index] ?? null]))
      : undefined,
  nonsensitive: ([value]) => value,
  setproduct: ofLists((lists) =>
    lists.reduce((size, { length }) => size * length, 1) > mostItems
      ? undefined
      : lists.reduce<Value[][]>((all, list) => all.flatMap((one) => list.map((item) => [...one, item])), [[]]),
  ),
  chunklist: ofList((list, size) =>
    typeof size === 'number' && size > 0
      ? Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))
      : undefined,
  ),
};

/** A function of these needs to know all of its arguments. */
const settledOnly: Readonly<Record<string, Function>> = {
  tostring: ofText((text) => text),
  tonumber: ofText((text) => (Number.isFinite(Number(text)) ? Number(text) : undefined)),
  tobool: ofText((text) => (text === 'true' ? true : text === 'false' ? false : undefined)),
  lower: ofText((text) => text.toLowerCase()),
  upper: ofText((text) => text.toUpperCase()),
  title: ofText((text) => text.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())),
  trimspace: ofText((text) => text.trim()),
  trimprefix: ofText((text, prefix = '') => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimsuffix: ofText((text, suffix = '') =>
    suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  startswith: ofText((text, prefix = '') => text.startsWith(prefix)),
  endswith: ofText((text, suffix = '') => text.endsWith(suffix)),
  strcontains: ofText((text, part = '') => text.includes(part)),
  // Between slashes the pattern is a regular expression of another language.
  replace: ofText((text, part = '', by = '') => (/^\/.*\/$/.test(part) ? undefined : text.replaceAll(part, by))),
  split: ofText((separator, text = '') => (text === '' ? [] : text.split(separator))),
  substr: ([text, from, length]) =>
    typeof text === 'string' && typeof from === 'number' && typeof length === 'number'
      ? text.slice(from, length < 0 ? undefined : from + length)
      : undefined,
  join: ([separator, ...lists]) =>
    typeof separator === 'string' && lists.every(isList) ? texts(lists.flat() as Value[]).join(separator) : undefined,
  format: ([pattern, ...values]) => (typeof pattern === 'string' ? formatted(pattern, values) : undefined),
  contains: ofList((list, value) => list.some((item) => expressionText(item) === expressionText(value ?? null))),
  index: ofList((list, value) => {
    const at = list.findIndex((item) => expressionText(item) === expressionText(value ?? null));
    return at === -1 ? undefined : at;
  }),
  compact: ofList((list) => list.filter((item) => item !== '' && item !== null)),
  distinct: ofList(unique),
  sort: ofList((list) => inOrder(texts(list))),
  sum: ofList((list) => list.reduce<number>((total, item) => total + Number(item), 0)),
  alltrue: ofList((list) => list.every((item) => item === true)),
  anytrue: ofList((list) => list.includes(true)),
  setunion: ofLists((lists) => inOrder(unique(lists.flat()))),
  setintersection: ofLists(([first = [], ...others]) =>
    first.filter((item) => others.every((other) => other.some((one) => expressionText(one) === expressionText(item)))),
  ),
  setsubtract: ofLists(([first = [], other = []]) =>
    first.filter((item) => !other.some((one) => expressionText(one) === expressionText(item))),
  ),
  range: ofNumbersToList,
  min: ofNumbers(Math.min),
  max: ofNumbers(Math.max),
  abs: ofNumbers((one) => Math.abs(one)),
  ceil: ofNumbers((one) => Math.ceil(one)),
  floor: ofNumbers((one) => Math.floor(one)),
  jsondecode: ofText((text) => decodedBy(JSON.parse, text)),
  yamldecode: ofText((text) => decodedBy((yaml) => parseYaml(yaml), text)),
  chomp: ofText((text) => text.replace(/(\r?\n)+$/, '')),
  basename: ofText((text) => text.replace(/\/+$/, '').split('/').at(-1) ?? ''),
  dirname: ofText((text) => /^(.*)\/[^/]*$/s.exec(text)?.[1] ?? '.'),
  base64encode: ofText((text) => Buffer.from(text).toString('base64')),
  jsonencode: ([value]) => (value === undefined ? undefined : JSON.stringify(value)),
};

function decodedBy(parse: (text: string) => unknown, text: string): Value | undefined {
  try {
    return parse(text) as Value;
  } catch {
    return undefined;
  }
}

function ofNumbersToList(args: readonly Value[]): Value | undefined {
  if (!args.every((one) => typeof one === 'number')) return undefined;
  const [from, to, step = 1] = args.length === 1 ? [0, args[0]] : args;
  const length = Math.ceil(((to as number) - (from as number)) / (step as number));
  if (!(length >= 0 && length <= mostItems)) return undefined;
  return Array.from({ length }, (_, index) => (from as number) + index * (step as number));
}

/** The verbs that are used for names: `%s`, `%d`, `%03d`, `%v`, `%q`, `%%`. */
function formatted(pattern: string, values: readonly Value[]): string | undefined {
  let at = 0;
  let known = true;
  const text = pattern.replace(/%(0?\d{0,2})([a-zA-Z%])/g, (_whole, width: string, verb: string) => {
    if (verb === '%') return '%';
    const value = values[at++];
    if (!isText(value) || !'sdvq'.includes(verb)) known = false;
    const shown = verb === 'q' ? JSON.stringify(String(value)) : String(value);
    return width === '' ? shown : shown.padStart(Number(width), width.startsWith('0') ? '0' : ' ');
  });
  return known && at === values.length ? text : undefined;
}

/**
 * What a function of Terraform gives.
 *
 * @returns undefined: it needs a plan, or is not one of those that are known here
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
export function called(name: string, args: readonly Value[]): Value | undefined {
  if (name === 'coalesce' || name === 'coalescelist') {
    const empty = (one: Value) => one === null || one === '' || (isList(one) && one.length === 0);
    const first = args.find((one) => !empty(one));
    return first instanceof Open ? undefined : first;
  }
  // What needs a plan could fail in it; then the next one counts.
  if (name === 'try') return args.find((one) => !isFailure(one));
  if (name === 'can') return args[0] === undefined || isFailure(args[0]) ? false : isSettled(args[0]) || undefined;
  const inner = Object.hasOwn(structural, name) ? structural[name] : undefined;
  if (inner) return args.some((one) => one instanceof Open) ? undefined : bounded(inner(args));
  const outer = Object.hasOwn(settledOnly, name) ? settledOnly[name] : undefined;
  return outer && args.every(isSettled) ? bounded(outer(args)) : undefined;
}

const bounded = (value: Value | undefined): Value | undefined =>
  (isList(value) && value.length > mostItems) || (typeof value === 'string' && value.length > 1_000_000)
    ? undefined
    : value;
