import type { Product } from '../catalogue';
import { tokenField } from '../formToken';
import { maxQuantityPerAdd } from '../input';
import { type Html, html } from './html';

/** Goes into every form that changes something. */
export const formToken = (token: string): Html => html`<input type="hidden" name="${tokenField}" value="${token}">`;

/** The form that adds a product to the cart. Its label is for screen readers: beside the button it would say nothing new. */
export const addForm = (
  { id, name }: Product,
  token: string,
): Html => html`<form class="add" method="post" action="/cart/items">
${formToken(token)}<input type="hidden" name="productId" value="${id}">
<label class="unseen" for="quantity-${id}">Quantity of ${name}</label>
<input id="quantity-${id}" name="quantity" type="number" inputmode="numeric" min="1" max="${maxQuantityPerAdd}" value="1" required>
<button>Add<span class="unseen"> ${name}</span> to cart</button>
</form>
`;
