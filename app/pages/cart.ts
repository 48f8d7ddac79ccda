import type { CartView } from '../cart';
import { html } from './html';
import { layout, type Place, price } from './layout';

const row = ({ name, unitPrice, quantity }: CartView['items'][number]) => html`<tr>
<th scope="row">${name}</th><td class="each">${price(unitPrice)}</td><td>${quantity}</td><td>${price(unitPrice * quantity)}</td>
</tr>
`;

const filled = (
  cart: CartView,
  place: Place,
) => html`<p class="lead">${cart.totalQuantity} ${cart.totalQuantity === 1 ? 'thing' : 'things'}, kept ${place.sessions}.</p>
<div class="card"><table>
<thead><tr><th scope="col">Product</th><th scope="col" class="each">Each</th><th scope="col">Quantity</th><th scope="col">Price</th></tr></thead>
<tbody>
${cart.items.map(row)}</tbody>
<tfoot><tr><th scope="row">Total</th><td class="each"></td><td>${cart.totalQuantity}</td><td>${price(cart.total)}</td></tr></tfoot>
</table></div>
<p class="after"><a class="button" href="/">Go on shopping</a></p>`;

const empty = html`<p class="lead">It is empty.</p>
<p><a class="button" href="/">See what there is</a></p>`;

export const cartPage = (place: Place, cart: CartView): string =>
  layout(
    place,
    'Your cart',
    html`<h1>Your cart</h1>
${cart.items.length === 0 ? empty : filled(cart, place)}`,
    'cart',
  );
