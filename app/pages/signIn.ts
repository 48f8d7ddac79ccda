import type { View } from '../view';
import { formToken } from './forms';
import { html } from './html';
import { layout } from './layout';

export const signInPage = (view: View): string =>
  layout(
    view,
    'Sign in',
    html`<h1>Sign in</h1>
<p class="lead">Any name will do: there is no password, and no identity provider. It shows what a sign-in with a step in between needs.</p>
<form class="row" method="post" action="/signin">
${formToken(view.token)}<label for="name">Name</label>
<input id="name" name="name" autocomplete="username" maxlength="40" required>
<button>Continue</button>
</form>`,
    'signin',
  );

/** Stands for the page of an identity provider, which would be another site. */
export const betweenPage = (view: View, state: string): string =>
  layout(
    view,
    'The step in between',
    html`<h1>The step in between</h1>
<p class="lead">Here an identity provider would ask who you are, and send you back. The instance that answers then must know this sign-in again.</p>
<form class="after" method="post" action="/signin/return">
${formToken(view.token)}<input type="hidden" name="state" value="${state}">
<button>Come back to the shop</button> <a class="button quiet" href="/signin">Cancel</a>
</form>`,
    'signin',
  );

export const signedInPage = (view: View, name: string): string =>
  layout(
    view,
    'Signed in',
    html`<h1>Hello, ${name}</h1>
<p class="lead">You are signed in. A signed cookie in your browser says so, which every instance can verify.</p>
<form class="after" method="post" action="/signout">
${formToken(view.token)}<button class="quiet">Sign out</button> <a class="button" href="/">Back to the shop</a>
</form>`,
    'signin',
  );
