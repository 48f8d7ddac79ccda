import type { CartView } from '../cart';
import type { View } from '../view';
import { things } from './cart';
import { formToken } from './forms';
import { html } from './html';
import { layout } from './layout';
import { summary } from './summary';

/** The page that shows the cart once more, with the button that orders it. */
export const checkoutPage = (view: View, cart: CartView): string =>
  layout(
    view,
    'Check out',
    html`<h1>Check out</h1>
<p class="lead">${things(cart)}. Nothing is charged and nothing is sent: this is a sample.</p>
${summary(cart)}<form class="after" method="post" action="/checkout">
${formToken(view.token)}<button>Place the order</button> <a class="button quiet" href="/cart">Back to the cart</a>
</form>`,
    'cart',
  );
