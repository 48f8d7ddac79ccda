import { type Product, products } from '../catalogue';
import type { View } from '../view';
import { drawing } from './drawings';
import { addForm } from './forms';
import { html } from './html';
import { layout, price } from './layout';

const card = (product: Product, token: string) => html`<li>
${drawing(product.id)}
<h2><a href="/products/${product.id}">${product.name}</a></h2>
<p>${product.description}</p>
<span class="price">${price(product.unitPrice)}</span>
${addForm(product, token)}</li>
`;

/** The same for everybody: it knows no session, so it needs no store. */
export const cataloguePage = (view: View): string =>
  layout(
    view,
    'Things that stay where you put them',
    html`<h1>Things that stay where you put them</h1>
<p class="lead">The cart is the only thing here that might not. The strip above tells who answered, and where it is kept.</p>
<ul class="goods">
${products.map((product) => card(product, view.token))}</ul>`,
  );
