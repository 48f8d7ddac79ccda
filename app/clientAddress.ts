/**
 * An address without its port. App Service's front end and Application Gateway write `X-Forwarded-For` as `ip:port`,
 * which `request.ip` passes on as it is.
 *
 * @param address such as 203.0.113.7:51234, [2001:db8::1]:443, 2001:db8::1 or ::ffff:127.0.0.1
 * @returns the address, or the text as it is when it is none (at most 64 characters)
 */
export function withoutPort(address: string): string {
  const text = address.trim();
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1];
  // One colon only: an IPv6 address has at least two.
  const plain = bracketed ?? /^([^:]*):\d{1,5}$/.exec(text)?.[1] ?? text;
  return plain.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').slice(0, 64);
}
