/**
 * Visitors who sign in while something breaks: each goes away to the step in between before the fault, as to an identity
 * provider, and comes back when everything has recovered. What the shop must still know then is a small state of its own,
 * and many apps keep it in a process although their sessions are elsewhere.
 */

import type { SignIn } from '../judging/evidence';
import type { Random } from '../running/random';
import { visitorAddress } from './addresses';
import type { Answer, Browser, Reply } from './browser';
import { formAt, type OpenForm } from './form';

/** Few, because each is a handful of requests; enough that chance sends some of them to another instance. */
const visitors = 8;

/** A visitor at the step in between. */
export interface Halfway {
  readonly visitor: number;
  readonly near: string;
  readonly begunBy: string;
  /** Comes back. @throws if the recovered deployment gives no answer */
  comeBack(): Promise<SignIn>;
}

/** One request at a time, so that it repeats with the seed. An app without `/signin` has none. */
export async function beginSignIns(
  neighbourhoods: readonly string[],
  browserOf: (near: string, address: string) => Browser,
): Promise<readonly Halfway[]> {
  const begun: Halfway[] = [];
  for (let visitor = 0; visitor < visitors; visitor++) {
    const near = neighbourhoods[visitor % neighbourhoods.length] ?? '';
    const halfway = await begin(visitor, near, browserOf(near, visitorAddress(visitor)));
    if (halfway !== null) begun.push(halfway);
  }
  return begun;
}

async function begin(visitor: number, near: string, browser: Browser): Promise<Halfway | null> {
  const first = formAt(pageOf(await browser.send('GET', '/signin')), '/signin');
  if (first === null) return null;
  const sent = await send(browser, first, { name: `visitor ${visitor}` });
  if (!('status' in sent) || sent.status !== 303 || sent.location === null) return null;
  const last = formAt(pageOf(await browser.send('GET', sent.location)), '/signin/return');
  if (last === null) return null;
  const begunBy = processOf(sent);
  const comeBack = async (): Promise<SignIn> => {
    const reply = await send(browser, last);
    if (!('status' in reply) || reply.status >= 500)
      throw new Error(`visitor ${visitor} got no answer to the end of the sign-in, so this run cannot be judged`);
    return { visitor, near, begunBy, endedBy: processOf(reply), known: reply.status === 303 };
  };
  return { visitor, near, begunBy, comeBack };
}

/** One request at a time, in an order that is drawn: in the order of their beginning, instances taken by turns would meet all of them or none. */
export async function endSignIns(begun: readonly Halfway[], random: Random): Promise<readonly SignIn[]> {
  const drawn = begun.map((halfway) => ({ halfway, place: random.next() }));
  const ended: SignIn[] = [];
  for (const { halfway } of drawn.sort((one, other) => one.place - other.place)) ended.push(await halfway.comeBack());
  return ended;
}

const send = (browser: Browser, { action, fields }: OpenForm, more: Readonly<Record<string, string>> = {}) =>
  browser.send('POST', action, { form: { ...fields, ...more } });

const pageOf = (reply: Reply): unknown => ('status' in reply && reply.status === 200 ? reply.body : null);

const processOf = ({ process }: Answer): string => process ?? 'unnamed';
