import { type Product, products } from '../catalogue';
import { maxQuantityPerAdd } from '../input';
import { drawing } from './drawings';
import { html } from './html';
import { layout, type Place, price } from './layout';

const card = ({ id, name, description, unitPrice }: Product) => html`<li>
${drawing(id)}
<h2>${name}</h2>
<p>${description}</p>
<span class="price">${price(unitPrice)}</span>
<form method="post" action="/cart/items">
<input type="hidden" name="productId" value="${id}">
<label class="unseen" for="quantity-${id}">Quantity of ${name}</label>
<input id="quantity-${id}" name="quantity" type="number" inputmode="numeric" min="1" max="${maxQuantityPerAdd}" value="1" required>
<button>Add<span class="unseen"> ${name}</span> to cart</button>
</form>
</li>
`;

/** The same for everybody: it knows no session, so it needs no store. */
export const cataloguePage = (place: Place): string =>
  layout(
    place,
    'Things that stay where you put them',
    html`<h1>Things that stay where you put them</h1>
<p class="lead">The cart is the only thing here that might not. The strip above tells who answered, and where it is kept.</p>
<ul class="goods">
${products.map(card)}</ul>`,
  );
