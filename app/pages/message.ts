import type { Problem } from '../problem';
import { html } from './html';
import { layout, type Place } from './layout';

/** A refusal as a page. */
export const messagePage = (place: Place, { status, title, message }: Problem): string =>
  layout(
    place,
    title,
    html`<p class="status">${status}</p>
<h1>${title}</h1>
<p class="lead">${message}</p>
<p><a class="button" href="/">Back to the shop</a></p>`,
  );
