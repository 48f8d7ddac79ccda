import type { Problem } from '../problem';
import type { View } from '../view';
import { html, trusted } from './html';
import { layout } from './layout';

/** A refusal as a page. `requestId`: what to name when telling somebody about it. */
export const messagePage = (view: View, { status, title, message }: Problem, requestId: string): string =>
  layout(
    view,
    title,
    html`<p class="status">${status}</p>
<h1>${title}</h1>
<p class="lead">${message}</p>
${status < 500 ? trusted('') : html`<p class="lead">Request ${requestId}.</p>`}<p><a class="button" href="/">Back to the shop</a></p>`,
  );
