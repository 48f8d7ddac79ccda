/**
 * The shop for the person at the page, who is a shopper like the others: the frame asks a port of loopback, and what it
 * asks goes to the same entry as every other request. The cookies stay in a jar here, because a browser would refuse those
 * that are set for the shop's own name.
 */

import { request } from 'node:http';
import { processHeader } from '../../drill/frontends/appService';
import { clientHeader } from '../../drill/frontends/client';
import type { Incoming, Outgoing } from '../../drill/frontends/handOver';
import { answerWith, endToEnd, listen } from '../../drill/frontends/hop';
import type { Units } from '../../drill/judging/ledger';
import { unitsIn } from '../../drill/shoppers/shopper';
import type { YourShopper } from '../messages';
import { isSecret, refusal } from '../server/guard';
import type { Side } from '../side/side';
import { cookiesIn } from './cookies';
import { yourCart } from './yourCart';

export interface YourShop {
  close(): Promise<void>;
}

export interface YourShopOptions {
  readonly side: Side;
  readonly token: string;
  /** Of the page that may show the shop in a frame. */
  readonly origin: string;
  readonly say: (you: YourShopper) => void;
}

/** Real milliseconds between two looks at your cart. */
const lookEveryMs = 2_000;
const firstPort = 40_000;
/** Of a block for documentation, as the shoppers' are. */
const yourAddress = '192.0.2.1';
/** Headers that would keep the shop out of the frame, or belong to the shop's own name. */
const dropped = ['set-cookie', 'strict-transport-security', 'x-frame-options', 'content-security-policy'];

export async function openYourShop({ side, token, origin, say }: YourShopOptions): Promise<YourShop> {
  const { scene, requests, options } = side;
  const near = options.plan.regions[0]?.name ?? '';
  const host = options.plan.typedHost;
  const key = `lab-shop-${options.index}`;
  const cart = yourCart();
  const browser = requests.watch(scene.browser(near, yourAddress), 'you', 0);
  let connection = firstPort;
  let own = '';
  let reported = '';

  async function look(enter: (found: Units) => void): Promise<void> {
    const reply = await browser.send('GET', '/api/cart').catch(() => null);
    const units = reply && 'status' in reply && reply.status === 200 ? unitsIn(reply.body) : null;
    if (units) enter(units);
    report();
  }

  function report(): void {
    const you = {
      address: `http://${own}/?key=${token}`,
      ...{ units: cart.units(), lost: cart.lost() },
      cookies: cookiesIn(browser.jar.header(host, '/')),
    };
    if (JSON.stringify(you) !== reported) say(you);
    reported = JSON.stringify(you);
  }

  function passOn(incoming: Incoming, outgoing: Outgoing): void {
    const path = (incoming.url ?? '/').replace(/[?&]key=[^&]*/, '');
    const cookie = browser.jar.header(host, path);
    const { cookie: _, origin: __, referer: ___, ...headers } = endToEnd(incoming.headers);
    const posts = incoming.method === 'POST';
    const onward = request(
      {
        ...{ host: '127.0.0.1', port: scene.entry.portNear(near), method: incoming.method, path, agent: false },
        headers: {
          ...{ ...headers, host, [clientHeader]: `${yourAddress}:${connection++}` },
          ...(cookie === '' ? {} : { cookie }),
          ...(posts ? { origin: `https://${host}` } : {}),
        },
      },
      (answer) => {
        const status = answer.statusCode ?? 502;
        const process = answer.headers[processHeader];
        for (const set of answer.headers['set-cookie'] ?? []) browser.jar.store(set, host, path);
        requests.see('you', 0, { status, process: typeof process === 'string' ? process : null });
        const passed = Object.entries(endToEnd(answer.headers)).filter(([name]) => !dropped.includes(name));
        const policy = String(answer.headers['content-security-policy'] ?? "default-src 'none'");
        outgoing.writeHead(status, {
          ...Object.fromEntries(passed),
          'content-security-policy': policy.replace(/frame-ancestors [^;]*/, `frame-ancestors ${origin}`),
        });
        answer.pipe(outgoing);
        const changes = posts && status < 400;
        const enter = (found: Units): void => (changes ? cart.change(found, path !== '/cart/items') : cart.see(found));
        answer.once('end', () => void look(enter));
      },
    );
    onward.once('error', () => {
      requests.see('you', 0, null);
      if (outgoing.headersSent) outgoing.destroy();
      else answerWith(outgoing, 502, 'No region answers.');
    });
    incoming.pipe(onward);
  }

  const hop = await listen((incoming, outgoing) => {
    const query = new URL(incoming.url ?? '/', `http://${own}`).searchParams.get('key');
    const held = new RegExp(`(?:^|; )${key}=([^;]*)`).exec(incoming.headers.cookie ?? '')?.[1];
    const refused = refusal(incoming, own);
    if (refused !== null) return answerWith(outgoing, 403, refused);
    if (!isSecret(query ?? held ?? '', token)) return answerWith(outgoing, 403, 'Open the shop in the lab’s page.');
    if (query !== null) {
      // The shop's links do not carry it.
      outgoing.writeHead(303, { location: '/', 'set-cookie': `${key}=${token}; Path=/; HttpOnly; SameSite=Strict` });
      return void outgoing.end();
    }
    passOn(incoming, outgoing);
  });
  own = `127.0.0.1:${hop.port}`;
  const looking = setInterval(() => void look(cart.see), lookEveryMs);
  report();
  return {
    close: async () => {
      clearInterval(looking);
      await hop.close();
    },
  };
}
