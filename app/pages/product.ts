import type { Product } from '../catalogue';
import type { View } from '../view';
import { drawing } from './drawings';
import { addForm } from './forms';
import { html } from './html';
import { layout, price } from './layout';

/** Like the catalogue, the same for everybody. */
export const productPage = (view: View, product: Product): string =>
  layout(
    view,
    product.name,
    html`<p class="crumb"><a href="/">All products</a></p>
<article class="card product">
${drawing(product.id)}
<div>
<h1>${product.name}</h1>
<p class="lead">${product.description}</p>
<p class="price">${price(product.unitPrice)}</p>
${addForm(product, view.token)}</div>
</article>`,
  );
