import { randomBytes } from 'node:crypto';
import express, { type RequestHandler, Router } from 'express';
import { type FormTokens, tokenField } from '../formToken';
import { form, maxBodyBytes, readName } from '../input';
import { betweenPage, signedInPage, signInPage } from '../pages/signIn';
import { Problem } from '../problem';
import type { SignedIn } from '../signedIn';
import type { SignIns } from '../stores/signIns';
import type { ViewOf } from '../view';

interface SignInOptions {
  readonly viewOf: ViewOf;
  readonly signIns: SignIns;
  readonly who: SignedIn;
  readonly tokens: FormTokens;
}

/**
 * A sign-in with a step in between, as with an identity provider: the shop sends the browser away with a `state` that
 * it keeps, and must know it again when the browser comes back, maybe to another instance. No password and no provider:
 * it shows what happens to that state. What it begins is bound to the browser by the form's token.
 */
export function signInRoutes({ viewOf, signIns, who, tokens }: SignInOptions): Router {
  const fields = express.urlencoded({ extended: false, limit: maxBodyBytes });
  const ours: RequestHandler = (request, _response, next) => {
    tokens.check(request, form(request.body)[tokenField]);
    next();
  };
  return Router()
    .get('/signin', (request, response) => {
      const name = who.read(request);
      const view = viewOf(request, response);
      response.send(name === undefined ? signInPage(view) : signedInPage(view, name));
    })
    .post('/signin', fields, ours, async (request, response) => {
      const name = readName(form(request.body).name);
      const state = randomBytes(18).toString('base64url');
      await signIns.begin(request, response, state, name);
      response.redirect(303, `/signin/between?state=${state}`);
    })
    .get('/signin/between', (request, response) => {
      response.send(betweenPage(viewOf(request, response), readState(request.query.state)));
    })
    .post('/signin/return', fields, ours, async (request, response) => {
      const name = await signIns.end(request, response, readState(form(request.body).state));
      if (name === undefined) throw notBegunHere();
      who.write(response, name);
      response.redirect(303, '/signin');
    })
    .post('/signout', fields, ours, (_request, response) => {
      who.clear(response);
      response.redirect(303, '/signin');
    });
}

/** @throws Problem 422 for what is none of this shop's */
function readState(state: unknown): string {
  if (typeof state === 'string' && /^[\w-]{24}$/.test(state)) return state;
  throw new Problem(422, 'The sign-in has no `state` of this shop. Begin again at /signin.');
}

const notBegunHere = () =>
  new Problem(
    409,
    'This sign-in is not known here. It was begun on another instance whose memory holds it, it was used already, or it ' +
      'took more than ten minutes. Begin again at /signin.',
  );
