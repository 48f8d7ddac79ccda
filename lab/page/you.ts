/** The shop in a frame: the person at the page is a shopper, too. */

import type { YourShopper } from '../messages';
import { element, refill } from './element';

export interface YouView {
  readonly element: HTMLElement;
  show(you: YourShopper): void;
}

export function youView(): YouView {
  const state = element('p', { class: 'yours', role: 'status' });
  const cookies = element('ul', { class: 'cookies' });
  const holder = element('div', { class: 'frame' });
  const root = element(
    'details',
    { class: 'shop' },
    element('summary', {}, 'Be a shopper here'),
    element('p', { class: 'soft' }, 'The real shop. Your requests have a ring around them in the picture.'),
    state,
    holder,
    element('h3', {}, 'Your cookies'),
    cookies,
  );
  let address = '';
  let lost: string | null = null;
  let shown: HTMLIFrameElement | null = null;
  const load = (): void => {
    if (!root.open || shown?.src === address) return;
    shown = element('iframe', { src: address, title: 'The shop' });
    holder.replaceChildren(shown);
  };
  root.addEventListener('toggle', load);
  return {
    element: root,
    show: (you) => {
      if (you.address !== address) {
        address = you.address;
        shown = null;
        load();
      }
      // A page of the shop that was loaded before does not know yet.
      if (you.lost !== null && lost === null && shown) shown.src = address;
      lost = you.lost;
      const count = you.units === 0 ? 'Your cart is empty.' : `In your cart: ${you.units}.`;
      const text = you.lost ?? count;
      if (state.textContent !== text) state.textContent = text;
      state.classList.toggle('much', you.lost !== null);
      refill(
        cookies,
        ...(you.cookies.length === 0
          ? [element('li', {}, 'none yet')]
          : you.cookies.map(({ name, value, means }) =>
              element('li', {}, element('code', {}, `${name}=${value}`), ` ${means}`),
            )),
      );
    },
  };
}
