import type { CartView } from '../cart';
import { type Html, html } from './html';
import { price } from './layout';

const row = ({ name, unitPrice, quantity }: CartView['items'][number]) => html`<tr>
<th scope="row">${name}</th><td>${quantity}</td><td>${price(unitPrice * quantity)}</td>
</tr>
`;

/** What is, or was, bought: for reading, nothing to change. */
export const summary = ({ items, total }: Pick<CartView, 'items' | 'total'>): Html => html`<div class="card"><table>
<thead><tr><th scope="col">Product</th><th scope="col">Quantity</th><th scope="col">Price</th></tr></thead>
<tbody>
${items.map(row)}</tbody>
<tfoot><tr><th scope="row">Total</th><td></td><td>${price(total)}</td></tr></tfoot>
</table></div>
`;
