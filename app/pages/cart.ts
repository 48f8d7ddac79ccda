import { type CartView, maxLineQuantity } from '../cart';
import type { View } from '../view';
import { drawing } from './drawings';
import { formToken } from './forms';
import { html } from './html';
import { layout, price } from './layout';

type Item = CartView['items'][number];

const line = ({ productId, name, unitPrice, quantity }: Item, token: string) => html`<li>
<a class="thumb" href="/products/${productId}" tabindex="-1" aria-hidden="true">${drawing(productId)}</a>
<div class="what"><a href="/products/${productId}">${name}</a><span>${price(unitPrice)} each</span></div>
<form method="post" action="/cart/items/${productId}">
${formToken(token)}<label class="unseen" for="line-${productId}">Quantity of ${name}</label>
<input id="line-${productId}" name="quantity" type="number" inputmode="numeric" min="0" max="${maxLineQuantity}" value="${quantity}" required>
<button class="quiet">Update<span class="unseen"> ${name}</span></button>
</form>
<form method="post" action="/cart/items/${productId}">
${formToken(token)}<input type="hidden" name="quantity" value="0">
<button class="quiet">Remove<span class="unseen"> ${name}</span></button>
</form>
<span class="price">${price(unitPrice * quantity)}</span>
</li>
`;

/** "3 things". */
export const things = ({ totalQuantity }: Pick<CartView, 'totalQuantity'>): string =>
  `${totalQuantity} ${totalQuantity === 1 ? 'thing' : 'things'}`;

const filled = (cart: CartView, view: View) => html`<p class="lead">${things(cart)}, kept ${view.sessions}.</p>
<div class="card">
<ul class="lines">
${cart.items.map((item) => line(item, view.token))}</ul>
<p class="total"><span>Total</span><span>${price(cart.total)}</span></p>
</div>
<p class="after"><a class="button" href="/checkout">Check out</a> <a class="button quiet" href="/">Go on shopping</a></p>`;

const empty = html`<p class="lead">It is empty.</p>
<p><a class="button" href="/">See what there is</a></p>`;

export const cartPage = (view: View, cart: CartView): string =>
  layout(
    view,
    'Your cart',
    html`<h1>Your cart</h1>
${cart.items.length === 0 ? empty : filled(cart, view)}`,
    'cart',
  );
