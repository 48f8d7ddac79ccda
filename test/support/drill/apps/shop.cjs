// A shop that speaks the contract, for apps with a defect. It answers an add with the cart as it should be, so that only
// a later look can tell whether `keeps` let it be kept.
const { createServer } = require('node:http');
const { randomUUID } = require('node:crypto');

const itemsOf = (cart) => [...cart].map(([productId, quantity]) => ({ productId, quantity }));

exports.openShop = ({ keeps = () => true, onAdd = () => {} }) => {
  const carts = new Map();
  createServer((request, response) => {
    const known = /shop\.sid=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
    const answer = (body, headers = {}) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'x-instance-id': process.env.WEBSITE_INSTANCE_ID,
        ...headers,
      });
      response.end(JSON.stringify(body));
    };
    if (request.url === '/api/products') return answer([{ id: 'tea' }, { id: 'cup' }]);
    if (request.url === '/api/cart') return answer({ items: itemsOf(carts.get(known) ?? new Map()) });
    if (request.url !== '/api/cart/items') return answer({});
    let text = '';
    request.on('data', (part) => {
      text += part;
    });
    request.on('end', () => {
      const { productId, quantity } = JSON.parse(text);
      const id = known ?? randomUUID();
      const cart = new Map(carts.get(id));
      cart.set(productId, (cart.get(productId) ?? 0) + quantity);
      if (keeps()) carts.set(id, cart);
      answer({ items: itemsOf(cart) }, { 'set-cookie': `shop.sid=${id}; Path=/; HttpOnly` });
      onAdd();
    });
  }).listen(0, '127.0.0.1', function () {
    console.log(`http://localhost:${this.address().port}`);
  });
};
