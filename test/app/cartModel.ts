import { maxLineQuantity } from '../../app/cart';

/** What a client asked for, when it was sent and answered, and what came back. */
export interface Observed {
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly what:
    | { readonly add: string; readonly quantity: number; readonly accepted: boolean; readonly seen?: Cart }
    | { readonly read: Cart }
    /** undefined: refused. */
    | { readonly order: Cart | undefined };
}

export type Cart = Readonly<Record<string, number>>;

type Step = Observed & { readonly index: number };

/**
 * Whether a single cart, which does one thing at a time, could have answered all of this: there is an order of the
 * requests in which each takes its place between its sending and its answer, and each answer is the one that such a cart
 * gives (linearizability; Wing and Gong's search with a memory of what was tried).
 *
 * The cart: an add that would pass the limit of a line is refused and changes nothing; an add after the order is refused;
 * the first checkout of a cart with something in it orders all of it, and each later one is refused. A read after the
 * order, with the old session, sees nothing.
 */
export function explained(history: readonly Observed[]): boolean {
  const steps: readonly Step[] = history.map((step, index) => ({ ...step, index }));
  const tried = new Set<string>();
  const search = (left: readonly Step[], cart: Cart | 'ordered'): boolean => {
    if (left.length === 0) return true;
    const state = `${left.map(({ index }) => index).join()} ${textOf(cart)}`;
    if (tried.has(state)) return false;
    tried.add(state);
    // What was answered before another was sent comes before it.
    const firstAnswer = Math.min(...left.map(({ answeredAt }) => answeredAt));
    return left
      .filter(({ sentAt }) => sentAt <= firstAnswer)
      .some((step) => {
        const next = after(cart, step.what);
        return (
          next !== undefined &&
          search(
            left.filter((other) => other !== step),
            next,
          )
        );
      });
  };
  return search(steps, {});
}

/** The cart after this answer; undefined: it gives another answer. */
function after(cart: Cart | 'ordered', what: Observed['what']): Cart | 'ordered' | undefined {
  if ('read' in what) return textOf(what.read) === textOf(cart === 'ordered' ? {} : cart) ? cart : undefined;
  if ('order' in what) {
    if (what.order === undefined) return cart === 'ordered' || Object.keys(cart).length === 0 ? cart : undefined;
    return cart !== 'ordered' && textOf(what.order) === textOf(cart) ? 'ordered' : undefined;
  }
  const held = cart === 'ordered' ? 0 : (cart[what.add] ?? 0);
  const fits = cart !== 'ordered' && held + what.quantity <= maxLineQuantity;
  if (!what.accepted) return fits ? undefined : cart;
  if (!fits) return undefined;
  const next = { ...cart, [what.add]: held + what.quantity };
  return what.seen === undefined || textOf(what.seen) === textOf(next) ? next : undefined;
}

const textOf = (cart: Cart | 'ordered'): string =>
  cart === 'ordered' ? cart : JSON.stringify(Object.entries(cart).sort(([one], [other]) => (one < other ? -1 : 1)));
