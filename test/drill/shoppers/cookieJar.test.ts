import fc from 'fast-check';
import { createCookieJar } from '../../../drill/shoppers/cookieJar';

const host = 'shop.example';

test('a cookie without a domain goes back to its host only, one with a domain also below it', () => {
  const jar = createCookieJar();
  jar.store('own=1', host, '/');
  jar.store('wide=2; Domain=.shop.example', host, '/');
  expect(jar.header(host, '/')).toBe('own=1; wide=2');
  expect(jar.header('www.shop.example', '/')).toBe('wide=2');
  expect(jar.header('notshop.example', '/')).toBe('');
});

test('a cookie for another host is refused: so an affinity cookie for the app’s own name never reaches the shop', () => {
  const jar = createCookieJar();
  expect(jar.store('ARRAffinity=a; Secure; Domain=shop-app.azurewebsites.net', host, '/')).toBe(false);
  expect(jar.header(host, '/')).toBe('');
});

test.each(['Domain=example', 'Domain=azurewebsites.net'])(
  'a cookie for a public suffix is refused: %s',
  (attribute) => {
    expect(createCookieJar().store(`a=1; ${attribute}`, 'shop.azurewebsites.net', '/')).toBe(false);
    expect(createCookieJar().store(`a=1; ${attribute}`, host, '/')).toBe(false);
  },
);

test('SameSite=None needs Secure', () => {
  const jar = createCookieJar();
  expect(jar.store('a=1; SameSite=None', host, '/')).toBe(false);
  expect(jar.store('a=1; SameSite=None; Secure', host, '/')).toBe(true);
});

test('a path holds the cookie under it, and the longer path comes first', () => {
  const jar = createCookieJar();
  jar.store('root=1; Path=/', host, '/');
  jar.store('cart=2; Path=/cart', host, '/');
  expect(jar.header(host, '/cart/items')).toBe('cart=2; root=1');
  expect(jar.header(host, '/carts')).toBe('root=1');
});

test('without a path the cookie belongs to the folder of the request', () => {
  const jar = createCookieJar();
  jar.store('a=1', host, '/api/cart');
  expect(jar.header(host, '/api/products')).toBe('a=1');
  expect(jar.header(host, '/')).toBe('');
});

test.each(['Max-Age=0', 'Expires=Thu, 01 Jan 1970 00:00:00 GMT'])('%s removes the cookie', (attribute) => {
  const jar = createCookieJar();
  jar.store('a=1; Path=/', host, '/');
  jar.store(`a=; Path=/; ${attribute}`, host, '/');
  expect(jar.header(host, '/')).toBe('');
});

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/);
const hostName = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'));
const token = fc.stringMatching(/^[A-Za-z0-9]{1,12}$/);

test('property: whatever is sent, a host never receives a cookie that a host outside its own names has set', () => {
  fc.assert(
    fc.property(hostName, hostName, token, fc.option(hostName), (setter, reader, value, domain) => {
      const jar = createCookieJar();
      jar.store(`a=${value}${domain === null ? '' : `; Domain=${domain}`}; Path=/`, setter, '/');
      const related =
        reader === setter ||
        (domain !== null && `.${reader}`.endsWith(`.${domain}`) && `.${setter}`.endsWith(`.${domain}`));
      expect(jar.header(reader, '/') === '' || related).toBe(true);
    }),
  );
});

test('property: the last value stored under a name, domain and path is the one that is sent', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(token, token), { minLength: 1, maxLength: 20 }), (pairs) => {
      const jar = createCookieJar();
      for (const [name, value] of pairs) jar.store(`${name}=${value}; Path=/; Secure`, host, '/');
      const sent = new Map(
        jar
          .header(host, '/')
          .split('; ')
          .map((pair) => pair.split('=') as [string, string]),
      );
      expect(sent).toEqual(new Map(pairs));
    }),
  );
});
