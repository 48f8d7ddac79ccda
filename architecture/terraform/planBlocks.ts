import { isObject } from './json';
import { objectAt } from './planConfiguration';

/**
 * Which block of the configuration each planned block comes from.
 *
 * A plan lists the blocks of a set in an order of its own, so they are paired by what both state. Where that does not
 * decide, blocks of a list are paired by position, and blocks of a set not at all.
 *
 * @param values planned blocks
 * @param expressions blocks of the plan's `configuration`
 * @param inOrder whether the blocks are a list, which keeps its order
 * @param literal what an expression is, as far as variables give it; undefined: unknown
 * @returns for each value its expressions; undefined: unknown
 */
export function pairedBlocks(
  values: readonly unknown[],
  expressions: readonly unknown[],
  inOrder: boolean,
  literal: (expression: unknown) => unknown,
): readonly unknown[] {
  if (values.length === 1 && expressions.length === 1) return expressions;
  const found = new Map<number, number>();
  const settle = (fits: (value: unknown, expression: unknown) => boolean) => {
    for (let before = -1; before < found.size; ) {
      before = found.size;
      for (const [index, value] of values.entries()) {
        if (found.has(index)) continue;
        const taken = new Set(found.values());
        const candidates = expressions.flatMap((one, at) => (!taken.has(at) && fits(value, one) ? [at] : []));
        const [first] = candidates;
        const same = candidates.every((at) => isSame(expressions[at], expressions[first ?? 0]));
        if (first !== undefined && same) found.set(index, first);
      }
    }
  };
  settle(agrees);
  settle((value, expression) => agrees(value, expression) && holds(value, expression, literal));
  const open = values.flatMap((_, index) => (found.has(index) ? [] : [index]));
  const free = expressions.flatMap((_, at) => ([...found.values()].includes(at) ? [] : [at]));
  if (
    inOrder &&
    open.length === free.length &&
    open.every((index, at) => agrees(values[index], expressions[free[at] ?? 0]))
  )
    for (const [at, index] of open.entries()) found.set(index, free[at] as number);
  return values.map((_, index) => {
    const at = found.get(index);
    return at === undefined ? undefined : expressions[at];
  });
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Whether all that the configuration writes out is what the plan has. */
function agrees(value: unknown, expression: unknown): boolean {
  if (!isObject(expression)) return true;
  if (Object.hasOwn(expression, 'constant_value')) return isEqual(value, expression.constant_value);
  if (Object.hasOwn(expression, 'references')) return true;
  return Object.entries(expression).every(([name, inner]) => {
    const own = objectAt(value)[name];
    if (!Array.isArray(inner)) return own === undefined && !isConstant(inner) ? true : agrees(own, inner);
    return (
      !Array.isArray(own) || inner.length !== own.length || inner.every((one) => own.some((it) => agrees(it, one)))
    );
  });
}

const isConstant = (expression: unknown) => Object.hasOwn(objectAt(expression), 'constant_value');

/** Whether the plan's strings contain what the variables of the configuration stand for, such as `${var.name}-pool`. */
function holds(value: unknown, expression: unknown, literal: (expression: unknown) => unknown): boolean {
  return Object.entries(objectAt(expression)).every(([name, inner]) => {
    const own = objectAt(value)[name];
    const known = isConstant(inner) ? undefined : literal(inner);
    return typeof own !== 'string' || typeof known !== 'string' || known === '' || own.includes(known);
  });
}

/** Lists may be sets, whose order does not count; numbers and booleans may be strings; null and empty are left out. */
function isEqual(value: unknown, constant: unknown): boolean {
  if (isBlank(value) && isBlank(constant)) return true;
  if (Array.isArray(value) && Array.isArray(constant))
    return value.length === constant.length && constant.every((one) => value.some((own) => isEqual(own, one)));
  if (isObject(value) && isObject(constant))
    return Object.keys(constant).every((name) => isEqual(value[name], constant[name]));
  return typeof value === 'string' && typeof constant === 'string'
    ? plain(value) === plain(constant)
    : `${value}` === `${constant}`;
}

/** azurerm writes `West Europe` as `westeurope`. */
const plain = (text: string) => text.replaceAll(' ', '').toLowerCase();

const isBlank = (value: unknown) => value === undefined || value === null || value === '';
