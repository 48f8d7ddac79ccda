/** What has happened, newest first. A screen reader reads each as it comes. */

import { element } from './element';

export interface NewsView {
  readonly element: HTMLElement;
  add(text: string): void;
  clear(): void;
}

const mostShown = 12;

export function newsView(): NewsView {
  const list = element('div', { class: 'news', role: 'log', tabindex: 0, 'aria-label': 'What has happened' });
  return {
    element: element('section', { id: 'news', 'aria-label': 'News' }, element('h2', {}, 'What has happened'), list),
    add: (text) => {
      list.prepend(element('p', {}, text));
      while (list.children.length > mostShown) list.lastElementChild?.remove();
    },
    clear: () => list.replaceChildren(),
  };
}
