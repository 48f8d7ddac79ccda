import type { Order } from '../order';
import type { View } from '../view';
import { html } from './html';
import { layout } from './layout';
import { summary } from './summary';

/** The page after an order: its id and what was bought. */
export const receiptPage = (view: View, order: Order): string =>
  layout(
    view,
    `Order ${order.orderId}`,
    html`<h1>Thank you</h1>
<p class="lead">Your order is <strong class="order">${order.orderId}</strong>. The cart is empty again.</p>
${summary(order)}<p class="after"><a class="button" href="/">Back to the shop</a></p>`,
  );
