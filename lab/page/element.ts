/** Makes elements. Text never becomes markup, since only text and attributes are set. */

type Child = Node | string | null;

/** Attributes by name; true sets an empty one, false and null leave it out. `on` names listeners by their event. */
export interface Attributes {
  readonly [name: string]: string | number | boolean | null | undefined;
}

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  set(made, attributes);
  made.append(...children.filter((child) => child !== null));
  return made;
}

export function drawing(
  name: 'svg' | 'path' | 'title',
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  set(made, attributes);
  made.append(...children.filter((child) => child !== null));
  return made;
}

function set(on: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    on.setAttribute(name, value === true ? '' : String(value));
  }
}

/** A button that does something. */
export function button(label: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', act);
  return made;
}

/** Replaces what is in an element, and gives the focus back to what has the same `data-key`. */
export function refill(parent: HTMLElement, ...children: readonly Child[]): void {
  const focused = document.activeElement instanceof HTMLElement && parent.contains(document.activeElement);
  const key = focused ? (document.activeElement as HTMLElement).dataset.key : undefined;
  parent.replaceChildren(...children.filter((child) => child !== null));
  if (key === undefined) return;
  for (const each of parent.querySelectorAll<HTMLElement>('[data-key]')) {
    if (each.dataset.key === key) each.focus({ preventScroll: true });
  }
}
