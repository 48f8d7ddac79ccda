// A shop that answers every POST with 503, or only every checkout with 500, or one request of the API: as REFUSES says.
const http = require('node:http');
const refuses = process.env.REFUSES ?? 'adds';
let asked = 0;
const statusOf = ({ method, url }) => {
  if (refuses === 'adds' && method === 'POST') return 503;
  if (refuses === 'checkout' && url === '/api/checkout') return 500;
  if (refuses === 'api' && url === '/api/products' && ++asked === 3) return 500;
  return null;
};
const createServer = http.createServer;
http.createServer = (...given) => {
  const handler = given.pop();
  return createServer(...given, (request, response) => {
    const status = statusOf(request);
    if (status === null) return handler(request, response);
    request.resume();
    response.writeHead(status).end();
  });
};
require('./shop.cjs').openShop({});
