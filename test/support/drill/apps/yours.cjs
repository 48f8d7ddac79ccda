// An app of a team, as docs/your-app.md asks for it: it listens where PORT says, keeps carts in its process, and serves in a
// child of what the command starts. Each process writes its id into the file that the command names.
const { spawn } = require('node:child_process');
const { appendFileSync } = require('node:fs');
const { createServer } = require('node:http');

const [, , pids, role] = process.argv;
appendFileSync(pids, `${process.pid}\n`);
if (role === 'serve') serve();
else
  spawn(process.execPath, [__filename, pids, 'serve'], { stdio: 'inherit' }).on('exit', (code) =>
    process.exit(code ?? 1),
  );

function serve() {
  const { PORT, SESSION_STORE, SESSION_SECRET, SESSION_PREFIX } = process.env;
  if (SESSION_STORE !== 'memory' || !SESSION_SECRET) throw new Error('the contract is missing');
  if (SESSION_PREFIX === 'of the caller') throw new Error('the caller says something else');
  const carts = new Map();
  const none = { items: [], orderId: null };
  createServer(async (request, response) => {
    const answer = (status, body, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    const id = /sid=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? crypto.randomUUID();
    const cart = carts.get(id) ?? none;
    const keep = (next) => {
      carts.set(id, next);
      answer(200, next, { 'set-cookie': `sid=${id}; Path=/; HttpOnly` });
    };
    const asked = `${request.method} ${request.url}`;
    if (asked === 'GET /ready' || asked === 'GET /') return answer(200, {});
    if (asked === 'GET /api/products') return answer(200, [{ id: 'tea' }, { id: 'cup' }]);
    if (asked === 'GET /api/cart') return answer(200, cart);
    if (asked === 'POST /api/checkout') {
      if (cart.items.length > 0) return keep({ items: [], orderId: crypto.randomUUID() });
      return cart.orderId ? answer(200, cart) : answer(409, {});
    }
    if (asked !== 'POST /api/cart/items') return answer(404, {});
    const { productId, quantity } = JSON.parse(Buffer.concat(await request.toArray()).toString());
    const before = cart.items.find((one) => one.productId === productId)?.quantity ?? 0;
    const others = cart.items.filter((one) => one.productId !== productId);
    keep({ items: [...others, { productId, quantity: before + quantity }], orderId: null });
  }).listen(Number(PORT), '127.0.0.1');
}
