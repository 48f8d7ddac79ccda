/**
 * A browser's cookie rules, as far as they decide who keeps which cookie: RFC 6265 and the later rule that
 * `SameSite=None` needs `Secure`. The emulated scheme is https, so `Secure` cookies are taken and sent.
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-5.3
 */

interface StoredCookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  /** Set without a `Domain`: goes back to exactly this host. */
  readonly hostOnly: boolean;
  readonly path: string;
  /** Order of first appearance. */
  readonly order: number;
}

export interface CookieJar {
  /** Takes a `Set-Cookie` header of an answer from `host` to a request for `path`; false: a browser refuses this cookie. */
  store(setCookie: string, host: string, path: string): boolean;
  /** The `Cookie` header of a request; empty if no cookie belongs to it. */
  header(host: string, path: string): string;
  /** The value that a request to `host` and `path` would carry, or null. */
  value(name: string, host: string, path?: string): string | null;
}

/**
 * Public suffixes: names below them belong to different owners, so no cookie may cover one. The few of
 * https://publicsuffix.org that matter here.
 */
const publicSuffixes = new Set(['azurewebsites.net', 'azurefd.net', 'example', 'net', 'com']);

export function createCookieJar(): CookieJar {
  const cookies = new Map<string, StoredCookie>();
  let seen = 0;

  const matching = (host: string, path: string): StoredCookie[] =>
    [...cookies.values()]
      .filter(({ domain, hostOnly, path: under }) => {
        const rightHost = hostOnly ? host.toLowerCase() === domain : domainMatches(host, domain);
        return rightHost && pathMatches(path, under);
      })
      .sort((a, b) => b.path.length - a.path.length || a.order - b.order);

  return {
    store(setCookie, host, path) {
      const cookie = parse(setCookie, host, path, seen);
      if (cookie === null) return false;
      const key = [cookie.name, cookie.domain, cookie.path].join(';');
      if (cookie.expired) cookies.delete(key);
      else cookies.set(key, { ...cookie, order: cookies.get(key)?.order ?? seen++ });
      return true;
    },
    header: (host, path) =>
      matching(host, path)
        .map(({ name, value }) => `${name}=${value}`)
        .join('; '),
    value: (name, host, path = '/') => matching(host, path).find((cookie) => cookie.name === name)?.value ?? null,
  };
}

/** What the header says, or null where a browser ignores it. */
function parse(
  setCookie: string,
  host: string,
  path: string,
  order: number,
): (StoredCookie & { expired: boolean }) | null {
  const [pair = '', ...attributeTexts] = setCookie.split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, equals).trim();
  if (equals < 0 || name === '') return null;
  const attributes = new Map(attributeTexts.map(attribute));
  const secure = attributes.has('secure');
  if (attributes.get('samesite')?.toLowerCase() === 'none' && !secure) return null;

  const domain = (attributes.get('domain') ?? '').toLowerCase().replace(/^\./, '');
  const self = host.toLowerCase();
  if (domain !== '' && !domainMatches(self, domain)) return null;
  if (publicSuffixes.has(domain) && domain !== self) return null;

  const under = attributes.get('path') ?? '';
  return {
    name,
    value: pair.slice(equals + 1).trim(),
    domain: domain || self,
    hostOnly: domain === '' || publicSuffixes.has(domain),
    path: under.startsWith('/') ? under : defaultPath(path),
    order,
    expired: isExpired(attributes),
  };
}

function attribute(text: string): [string, string] {
  const equals = text.indexOf('=');
  if (equals < 0) return [text.trim().toLowerCase(), ''];
  return [text.slice(0, equals).trim().toLowerCase(), text.slice(equals + 1).trim()];
}

/** `Max-Age` wins over `Expires`; neither: the cookie lasts as long as the browser runs, here: as the drill. */
function isExpired(attributes: ReadonlyMap<string, string>): boolean {
  const maxAge = attributes.get('max-age');
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return Number(maxAge) <= 0;
  const expires = Date.parse(attributes.get('expires') ?? '');
  return !Number.isNaN(expires) && expires <= Date.now();
}

/** Same name, or a name below it; an address of digits is below nothing. */
export function domainMatches(host: string, domain: string): boolean {
  const self = host.toLowerCase();
  return self === domain || (self.endsWith(`.${domain}`) && !/^[\d.]+$/.test(self));
}

function pathMatches(path: string, under: string): boolean {
  return path === under || (path.startsWith(under) && (under.endsWith('/') || path[under.length] === '/'));
}

function defaultPath(path: string): string {
  const last = path.lastIndexOf('/');
  return last <= 0 ? '/' : path.slice(0, last);
}
