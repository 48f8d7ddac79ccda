import { code, html, type Markup } from '../../../report/html';

/** More than these would push what follows out of sight. */
const mostInSight = 3;

/** Terraform addresses: a few in a row, and many as their number, which opens. */
export function resourceList(resources: readonly string[]): Markup {
  const all = html`${resources.map((resource) => html`${code(resource)} `)}`;
  if (resources.length <= mostInSight) return all;
  return html`<details class="many"><summary>${resources.length} resources</summary>${all}</details>`;
}
